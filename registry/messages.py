"""The sentence a person reads for each fault, with the way out in it; web, command line and import share it."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from functools import singledispatch

from flask_babel import gettext as _

from registry.domain import errors
from registry.domain.dates import print_short_date
from registry.domain.passwords import LONGEST, SHORTEST

_LONGEST_QUOTE = 60


def _quote(text: str) -> str:
    """Return what the person typed, short enough to stand in a sentence."""
    line = " ".join(text.split())
    return line if len(line) <= _LONGEST_QUOTE else line[:_LONGEST_QUOTE] + "…"


@singledispatch
def say(error: errors.RegistryError) -> str:
    """Return the sentence for ``error`` in the language of the person."""
    return _("Không thực hiện được; hãy kiểm tra lại những gì đã nhập.")


@say.register
def _bad_number(error: errors.BadDocumentNumber) -> str:
    text, rest = _quote(error.text), _quote(error.text[error.position:])
    sentences = {
        "empty": _("Chưa có số, ký hiệu. Ví dụ: 15/QĐ-UBND."),
        "too_long": _("Số, ký hiệu quá dài. Hãy chỉ gõ số và ký hiệu, ví dụ: 15/QĐ-UBND."),
        "bad_character": _("Số, ký hiệu “%(text)s” có ký tự không dùng được tại “%(rest)s”.", text=text, rest=rest),
        "is_date": _("“%(text)s” là ngày tháng, không phải số, ký hiệu.", text=text),
        "no_ordinal": _("Số, ký hiệu “%(text)s” không bắt đầu bằng số. Ví dụ: 15/QĐ-UBND.", text=text),
        "zero_ordinal": _("Số văn bản bắt đầu từ 01, không có số 0: “%(text)s”.", text=text),
        "ordinal_too_long": _("Phần số trong “%(text)s” có quá nhiều chữ số.", text=text),
        "no_separator": _("Thiếu dấu gạch chéo giữa số và ký hiệu trong “%(text)s”. Ví dụ: 325/KH-UBND.", text=text),
        "bad_year": _("Năm trong số, ký hiệu “%(text)s” không đúng.", text=text),
        "no_symbol": _("“%(text)s” chỉ có số, còn thiếu ký hiệu. Ví dụ: 15/QĐ-UBND.", text=text),
        "empty_part": _("Ký hiệu trong “%(text)s” có phần bỏ trống giữa hai dấu.", text=text),
        "unfinished": _("Số, ký hiệu “%(text)s” chưa gõ hết.", text=text),
        "too_many_parts": _("Số, ký hiệu “%(text)s” có quá nhiều phần.", text=text),
        "words_after": _("Sau số, ký hiệu còn có chữ thừa: “%(rest)s”.", rest=rest),
        "bad_standard": _("Số hiệu tiêu chuẩn, quy chuẩn “%(text)s” không đúng dạng. Ví dụ: TCVN 14423:2025.",
                          text=text),
    }
    return sentences.get(error.reason) or _(
        "Số, ký hiệu “%(text)s” không đúng dạng. Ví dụ: 15/QĐ-UBND.", text=text)


@say.register
def _bad_date(error: errors.BadDate) -> str:
    text = _quote(error.text)
    if error.reason == "no_such_day":
        return _("Không có ngày “%(text)s” trong lịch. Hãy gõ ngày/tháng/năm, ví dụ: 05/02/2021.", text=text)
    if error.reason == "out_of_range":
        return _("Năm trong “%(text)s” nằm ngoài khoảng 1945–2100.", text=text)
    return _("Không đọc được ngày “%(text)s”. Hãy gõ ngày/tháng/năm, ví dụ: 05/02/2021.", text=text)


@say.register
def _secret(error: errors.SecretDocument) -> str:
    return _("Văn bản có dấu chỉ độ mật nên không được lưu ở đây (Luật Bảo vệ bí mật nhà nước 117/2025/QH15, "
             "Điều 5). Nội dung vừa nhập không được giữ lại. Hãy đăng ký trên máy tính riêng dành cho bí mật nhà "
             "nước và báo cho người phụ trách công tác bảo vệ bí mật nhà nước. Nếu đây không phải dấu độ mật, hãy "
             "viết lại chỗ có chữ “Mật” đứng riêng.")


@say.register
def _missing(error: errors.MissingValue) -> str:
    return _("Cần điền mục này.")


@say.register
def _too_long(error: errors.TooLong) -> str:
    return _("Dài %(length)s ký tự; mục này nhận nhiều nhất %(most)s ký tự.", length=error.length, most=error.most)


@say.register
def _unknown_issuer(error: errors.UnknownIssuer) -> str:
    return _("Chưa có cơ quan “%(name)s”, hoặc có nhiều cơ quan cùng tên. Hãy chọn trong danh sách gợi ý; nếu là cơ "
             "quan mới, đánh dấu “Đã xem các lưu ý, vẫn lưu” để thêm vào danh mục.", name=_quote(error.name))


@say.register
def _in_future(error: errors.DateInFuture) -> str:
    return _("Ngày %(day)s chưa đến; hôm nay là %(today)s.", day=print_short_date(error.on),
             today=print_short_date(error.today))


@say.register
def _out_of_order(error: errors.DatesOutOfOrder) -> str:
    return _("Ngày %(day)s không thể trước ngày %(start)s.", day=print_short_date(error.on),
             start=print_short_date(error.not_before))


@say.register
def _duplicate(error: errors.DuplicateDocument) -> str:
    return _("Cơ quan này đã có văn bản %(number)s trong cùng năm. Nếu đúng là một văn bản khác, hãy nêu lý do.",
             number=_quote(error.number))


@say.register
def _needs_confirmation(error: errors.NeedsConfirmation) -> str:
    return _("Có điểm khác thường; nếu đúng như vậy, hãy đánh dấu xác nhận rồi lưu lại.") + " " + " ".join(
        say(warning) for warning in error.warnings)


@say.register
def _warning(error: errors.DocumentWarning) -> str:
    facts = {name: str(value) for name, value in error.facts.items()}
    if error.code == "kind_differs" and {"symbol", "chosen"} <= facts.keys():
        return _("Ký hiệu %(symbol)s không phải của loại “%(chosen)s” đã chọn.", symbol=facts["symbol"],
                 chosen=facts["chosen"])
    if error.code == "year_differs" and {"number_year", "date_year"} <= facts.keys():
        return _("Năm %(number_year)s trong số, ký hiệu khác năm %(date_year)s của ngày văn bản.",
                 number_year=facts["number_year"], date_year=facts["date_year"])
    if error.code == "counter_jumps" and {"last", "skipped"} <= facts.keys():
        return _("Số cuối trong sổ là %(last)s; số này bỏ qua %(skipped)s số.", last=facts["last"],
                 skipped=facts["skipped"])
    if error.code == "issuer_not_then" and "name" in facts:
        return _("Vào ngày văn bản, %(name)s không còn hoặc chưa có dưới tên này. Hãy chọn cơ quan của ngày ấy.",
                 name=facts["name"])
    return _("Có điểm khác thường; hãy kiểm tra lại.")


@say.register
def _number_taken(error: errors.NumberTaken) -> str:
    state = {"used": _("đã cấp cho một văn bản"), "reserved": _("đang giữ chỗ"), "voided": _("đã hủy")}
    return _("Số %(number)s trong sổ %(state)s. Hãy lấy số khác.", number=error.number,
             state=state.get(error.state, error.state))


@say.register
def _number_held(error: errors.NumberHeldByBook) -> str:
    return _("Số %(number)s do sổ đăng ký cấp nên không đổi được. Nếu sai, hãy hủy văn bản rồi đăng ký lại.",
             number=error.number)


@say.register
def _not_found(error: errors.NotFound) -> str:
    return _("Không tìm thấy, hoặc bạn không được xem. Có thể mục này vừa bị thay đổi; hãy tải lại trang.")


@say.register
def _changed_meanwhile(error: errors.ChangedMeanwhile) -> str:
    return _("Người khác vừa sửa mục này sau khi bạn mở. Hãy mở lại trang ở thẻ mới để xem bản mới, rồi sửa tiếp.")


@say.register
def _reason_needed(error: errors.ReasonNeeded) -> str:
    return _("Cần nêu lý do.")


@say.register
def _not_possible(error: errors.NotPossible) -> str:
    facts = {name: print_short_date(value) if isinstance(value, date) else str(value)
             for name, value in error.facts.items()}
    last, most = facts.get("last", ""), facts.get("most", "")
    sentences = {
        "file_changed": _("Tệp này vừa được thay thế hoặc gỡ; hãy tải lại trang."),
        "same_file": _("Tệp vừa chọn giống hệt phiên bản đang có."),
        "item_decided": _("Tệp này đã được xử lý rồi; hãy tải lại trang."),
        "exports_under_way": _("Bạn đang có %(most)s tệp chờ xuất; hãy đợi các tệp ấy xong rồi xuất tiếp.", most=most),
        "not_first": _("Phần mềm đã có người quản trị; hãy đăng nhập."),
        "last_administrator": _("Đây là người quản trị cuối cùng. Hãy giao vai trò quản trị cho người khác trước."),
        "not_a_law_number": _("Đây không phải số hiệu của luật hoặc pháp lệnh. Hãy nhập như 31/2024/QH15."),
        "already_cancelled": _("Văn bản này đã hủy rồi."),
        "document_cancelled": _("Văn bản này đã hủy; hãy khôi phục văn bản trước khi ghi nhận nhiệm vụ."),
        "document_stands": _("Văn bản giao việc không bị hủy."),
        "open_work": _("Văn bản còn %(count)s nhiệm vụ chưa xong; hãy chọn hủy cùng văn bản hay giữ lại.",
                       count=facts.get("count", "")),
        "not_cancelled": _("Văn bản này không ở trạng thái hủy."),
        "inserted_after_last": _("Số chèn phải đứng sau một số đã cấp; số cuối trong sổ là %(last)s.", last=last),
        "jump_too_far": _("Số cuối trong sổ là %(last)s; mỗi lần không được nhảy quá %(most)s số.", last=last,
                          most=most),
        "reserve_count": _("Mỗi lần giữ được từ 1 đến %(most)s số.", most=most),
        "entry_not_reserved": _("Số này không còn ở trạng thái giữ chỗ."),
        "year_far_off": _("Sổ chỉ có các năm từ %(first)s đến %(last)s.", first=facts.get("first", ""), last=last),
        "meanwhile": _("Người khác vừa đăng ký hoặc sửa văn bản này. Hãy làm lại."),
        "volumes_overlap": _("Quyển %(name)s đã có một phần các số này; hãy xem lại từ số, đến số.",
                             name=_quote(str(facts.get("name", "")))),
        "form_of_book": _("Sổ này không in theo mẫu đó."),
        "period_backwards": _("Kỳ in phải kết thúc sau khi bắt đầu: hãy xem lại từ ngày, đến ngày, từ số, đến số."),
        "counter_backwards": _("Sổ đã cấp đến số %(last)s; không lùi lại được.", last=last),
        "own_parent": _("Không thể chọn chính mục này hoặc cấp dưới của nó làm cấp trên."),
        "own_successor": _("Một cơ quan không thể kế thừa chính nó, trực tiếp hay vòng lại."),
        "dates_reversed": _("Ngày kết thúc không thể trước ngày bắt đầu."),
        "merge_with_itself": _("Hãy chọn một cơ quan khác để gộp vào."),
        "merge_shipped": _("Cơ quan có sẵn trong danh mục không gộp vào cơ quan khác; hãy gộp theo chiều ngược lại."),
        "not_yours": _("Nhiệm vụ này của người hoặc đơn vị khác; hãy nhờ người được giao hoặc văn thư."),
        "managers_only": _("Việc này do lãnh đạo hoặc văn thư thực hiện."),
        "transition": _("Nhiệm vụ không còn ở trạng thái cho phép việc này; hãy tải lại trang."),
        "closed": _("Nhiệm vụ đã kết thúc."),
        "closed_unit": _("Đơn vị này đã đóng; hãy chọn đơn vị khác."),
        "inactive_person": _("Người này đã ngừng dùng phần mềm; hãy chọn người khác."),
        "unit_owes": _("Đơn vị còn %(count)s nhiệm vụ chưa xong, %(papers)s hồ sơ và văn bản dự kiến; hãy chọn đơn vị "
                       "hoặc người tiếp nhận.", count=facts.get("count", ""), papers=facts.get("papers", "")),
        "person_owes": _("Người này còn %(count)s nhiệm vụ chưa xong, %(papers)s hồ sơ và văn bản dự kiến; hãy chọn "
                         "người hoặc đơn vị tiếp nhận.", count=facts.get("count", ""), papers=facts.get("papers", "")),
        "own_heir": _("Hãy chọn một đơn vị hoặc người khác để tiếp nhận."),
        "nobody": _("Hãy chọn người hoặc đơn vị nhận."),
        "done_in_future": _("Ngày hoàn thành không thể sau hôm nay."),
        "bad_rule": _("Chu kỳ này không cho ra ngày nào; hãy chọn lại."),
        "extension_waiting": _("Đã có một đề nghị gia hạn đang chờ quyết định."),
        "not_later": _("Ngày đề nghị phải sau hạn hiện tại."),
        "already_decided": _("Đề nghị này đã được quyết định rồi."),
        "deciders_only": _("Chỉ lãnh đạo, hoặc trưởng đơn vị đối với đơn vị mình, quyết định gia hạn."),
        "reminder_days": _("Ngày nhắc trước: nhiều nhất %(count)s mốc, mỗi mốc từ 1 đến %(most)s ngày làm việc. "
                           "Ví dụ: 7, 3, 1.", count=facts.get("count", ""), most=most),
        "message_waits": _("Thư này đang chờ gửi rồi."),
        "own_deputy": _("Hãy chọn một người khác nhận thay."),
        "reminder_hours": _("Giờ nhắc buổi sáng phải nằm trong giờ làm việc."),
        "year_without_calendar": _("Chưa có lịch nghỉ của năm này; lịch có các năm từ %(first)s đến %(last)s.",
                                   first=facts.get("first", ""), last=last),
        "plan_closed": _("Mục này của chương trình công tác đã ban hành, đã chuyển kỳ sau hoặc đã bỏ; hãy tải lại trang."),
        "issued_cancelled": _("Văn bản này đã hủy; hãy chọn văn bản còn hiệu lực trong sổ."),
        "issued_elsewhere": _("Văn bản này do cơ quan khác ban hành, không phải cơ quan mà chương trình dự kiến."),
        "too_many_lines": _("Danh sách có %(count)s văn bản; mỗi lần thêm nhiều nhất %(most)s. Hãy chia làm nhiều lần, chưa dòng nào được thêm.",
                            count=facts.get("count", ""), most=most),
        "plan_open": _("Mục này đang mở."),
        "plan_carried": _("Mục này đã chuyển sang kỳ sau; hãy làm tiếp ở kỳ ấy."),
        "plan_not_yours": _("Văn bản này do đơn vị hoặc người khác soạn thảo."),
        "planners_only": _("Việc này do văn thư hoặc lãnh đạo thực hiện."),
        "not_a_later_period": _("Hãy chọn một kỳ kết thúc sau kỳ hiện tại."),
        "file_not_yours": _("Hồ sơ này do đơn vị hoặc người khác lập; hãy chọn chính mình hoặc đơn vị mình, hoặc nhờ văn thư."),
        "file_closed": _("Hồ sơ đã kết thúc hoặc đã nộp lưu; hãy mở lại trước."),
        "file_open": _("Hồ sơ này đang mở."),
        "file_not_closed": _("Hồ sơ chưa kết thúc, hoặc đã nộp lưu."),
        "file_handed_over": _("Hồ sơ đã nộp lưu; văn thư mở lại nếu lưu trữ trả về."),
        "file_stays": _("Hồ sơ có thời hạn bảo quản dưới 5 năm nên để tại đơn vị, không nộp lưu (Nghị định 30/2020/NĐ-CP, Điều 31)."),
        "kept_back_too_long": _("Đơn vị chỉ được giữ lại thêm nhiều nhất 2 năm, đến %(last)s.", last=last),
        "book_has_numbers": _("Sổ đã cấp số nên không đổi được hướng, cơ quan và chuỗi số."),
    }
    return sentences.get(error.code) or _("Không thực hiện được ở trạng thái hiện tại; hãy tải lại trang.")


@say.register
def _bad_username(error: errors.BadUsername) -> str:
    return _("Tên đăng nhập chỉ gồm chữ không dấu, chữ số và dấu . _ - ở giữa, từ 2 đến 60 ký tự.")


@say.register
def _username_taken(error: errors.UsernameTaken) -> str:
    return _("Đã có người dùng tên “%(name)s” (kể cả người đã ngừng). Hãy chọn tên khác.",
             name=_quote(error.username))


@say.register
def _weak_password(error: errors.WeakPassword) -> str:
    sentences = {
        "short": _("Mật khẩu cần ít nhất %(least)s ký tự. Một câu ngắn dễ nhớ là tốt nhất.", least=SHORTEST),
        "long": _("Mật khẩu dài nhất %(most)s ký tự.", most=LONGEST),
        "like_username": _("Mật khẩu không được giống tên đăng nhập."),
        "common": _("Mật khẩu này quá phổ biến, dễ bị đoán. Hãy chọn một câu ngắn của riêng bạn."),
        "one_character": _("Mật khẩu chỉ lặp lại vài ký tự, dễ bị đoán."),
        "same": _("Mật khẩu mới phải khác mật khẩu hiện tại."),
    }
    return sentences.get(error.reason) or _("Mật khẩu này không dùng được.")


@say.register
def _wrong_password(error: errors.WrongPassword) -> str:
    return _("Mật khẩu hiện tại không đúng.")


@say.register
def _sign_in_refused(error: errors.SignInRefused) -> str:
    return _("Tên đăng nhập hoặc mật khẩu không đúng. Nếu quên, hãy nhờ người quản trị đặt lại mật khẩu.")


@say.register
def _too_many_attempts(error: errors.TooManyAttempts) -> str:
    return _("Đã sai quá nhiều lần. Hãy thử lại sau %(minutes)s phút, hoặc nhờ người quản trị đặt lại mật khẩu.",
             minutes=error.minutes)


@say.register
def _name_taken(error: errors.NameTaken) -> str:
    return _("Đã có “%(name)s” trong danh sách (không phân biệt dấu và hoa thường).", name=_quote(error.name))


@say.register
def _code_taken(error: errors.CodeTaken) -> str:
    return _("Năm %(year)s đã có hồ sơ mang số, ký hiệu “%(code)s”.", code=_quote(error.code), year=error.year)


@say.register
def _organisation_unclear(error: errors.OrganisationUnclear) -> str:
    if not error.candidates:
        return _("Không có cơ quan nào tên như vậy. Hãy gõ tên khác, hoặc thêm cơ quan này trước.")
    return _("Chưa rõ cơ quan nào. Hãy gõ trọn một trong các tên: %(names)s.", names="; ".join(error.candidates))


@say.register
def _kept_as_text(error: errors.KeptAsText) -> str:
    return _("Không có trong danh mục hoặc không đọc được; giữ nguyên văn trong ghi chú của văn bản.")


@say.register
def _subject_made(error: errors.SubjectMade) -> str:
    return _("Dòng không có trích yếu; tạm lấy từ loại và số, ký hiệu hoặc từ nội dung. Hãy bổ sung.")


@say.register
def _repeated_row(error: errors.RepeatedRow) -> str:
    return _("Trùng với dòng %(line)s của tệp; chỉ nhập một lần.", line=error.first_line)


@say.register
def _twice_in_file(error: errors.TwiceInFile) -> str:
    return _("Cùng cơ quan, số và năm với dòng %(line)s của tệp; đã giữ cả hai, hãy kiểm tra.", line=error.first_line)


@say.register
def _id_of_another(error: errors.IdOfAnother) -> str:
    return _("Mã này đã có cho văn bản khác (%(label)s) nên dòng này không được nhập. Hãy bỏ cột mã hoặc sửa mã.",
             label=_quote(error.label))


@say.register
def _bad_cell(error: errors.BadCell) -> str:
    sentences = {
        "urgency": _("Mức độ khẩn là Thường, Khẩn, Thượng khẩn hoặc Hỏa tốc."),
        "field_id": _("Lĩnh vực này không có trong danh mục."),
        "version": _("Cột Mã văn bản và Phiên bản phải giữ nguyên như khi xuất."),
    }
    return sentences.get(error.field or "") or _("Cần một số nguyên từ 0 đến 100.000.")


@say.register
def _row_of_another(error: errors.RowOfAnother) -> str:
    return _("Mã văn bản của dòng này là của %(held)s: các dòng trong tệp đã bị xáo trộn. Hãy xuất lại rồi sửa.",
             held=_quote(error.held))


@say.register
def _changed_since_export(error: errors.ChangedSinceExport) -> str:
    return _("Văn bản đã được sửa sau khi xuất tệp. Hãy xuất lại, hoặc sửa trên trang của văn bản.")


@say.register
def _unreadable_file(error: errors.UnreadableFile) -> str:
    facts = error.facts
    sentences = {
        "format": _("Chỉ nhập được tệp .jsonl, .jsonl.gz, .csv và .xlsx. Tệp .xls: mở bằng Excel rồi lưu thành .xlsx."),
        "damaged": _("Tệp hỏng hoặc không đúng định dạng của đuôi tệp, không đọc được."),
        "no_header": _("Không tìm thấy dòng tiêu đề. Cần một dòng có tên cột như “Số, ký hiệu”, “Ngày, tháng”, “Trích yếu”."),
        "empty": _("Tệp không có dòng dữ liệu nào."),
        "taken_out": _("Đây là danh sách đã xuất để sửa; hãy gửi ở trang Nhập từ tệp để xem và ghi các thay đổi."),
        "too_large": _("Tệp quá lớn khi mở ra (quá %(most)s MB). Hãy chia thành nhiều tệp.", most=facts.get("most", "")),
        "too_many_columns": _("Tệp có quá %(most)s cột. Hãy bỏ các cột thừa.", most=facts.get("most", "")),
        "too_many_rows": _("Tệp có quá %(most)s dòng. Hãy chia thành nhiều tệp.", most=facts.get("most", "")),
        "line_too_long": _("Dòng quá dài (quá %(most)s MB).", most=facts.get("most", "")),
        "line": _("Dòng này không phải một đối tượng JSON."),
        "name_secret": _("Tên tệp mang dấu độ mật. Văn bản mật không được nhập vào phần mềm này."),
    }
    return sentences.get(error.code) or _("Không đọc được tệp.")


@say.register
def _file_unreadable(error: errors.FileUnreadable) -> str:
    fault, most = errors.FileFault, error.most
    sentences = {
        fault.ENCRYPTED: _("Tệp có mật khẩu nên không đọc được. Hãy bỏ mật khẩu rồi tải lên lại, hoặc gõ tay."),
        fault.DAMAGED: _("Tệp hỏng, không đọc được. Hãy mở thử trên máy, lưu lại rồi tải lên lại."),
        fault.EMPTY: _("Tệp rỗng."),
        fault.TOO_MANY_PAGES: _("Tệp có quá %(most)s trang. Hãy tách thành nhiều tệp.", most=most),
        fault.TOO_LONG: _("Nội dung dài quá %(most)s ký tự. Hãy tách phụ lục thành tệp riêng.", most=most),
        fault.TOO_LARGE: _("Tệp quá lớn khi mở ra, không đọc được. Hãy giảm kích thước ảnh trong tệp hoặc tách thành nhiều tệp."),
        fault.TIMED_OUT: _("Đọc tệp quá lâu nên đã dừng. Hãy thử lại; nếu vẫn vậy, hãy tách nhỏ tệp hoặc gõ tay."),
        fault.OUT_OF_MEMORY: _("Đọc tệp này cần quá nhiều bộ nhớ nên đã dừng. Hãy tách nhỏ tệp hoặc gõ tay."),
        fault.UNSUPPORTED: _("Không đọc được chữ trong loại tệp này."),
        fault.NEEDS_LIBREOFFICE: _("Cần LibreOffice trên máy chủ để đọc tệp Word đời cũ (.doc). Hãy lưu tệp thành .docx hoặc "
                                   "PDF, hoặc nhờ người quản trị cài LibreOffice."),
        fault.NEEDS_TESSERACT: _("Đây là bản quét; máy chủ chưa có phần mềm nhận dạng chữ (Tesseract tiếng Việt). "
                                 "Hãy gõ tay, hoặc nhờ người quản trị cài thêm."),
        fault.NO_TEXT: _("Không tìm thấy chữ nào trong tệp."),
        fault.NO_SUCH_PAGE: _("Tệp không có trang này."),
    }
    return sentences[error.reason]


@say.register
def _file_refused(error: errors.FileRefused) -> str:
    facts = error.facts
    most, name = facts.get("most", ""), _quote(str(facts.get("name", "")))
    sentences = {
        "empty": _("Tệp rỗng."),
        "kind": _("Loại tệp này không đính kèm được, dù tên tệp là gì. Nhận PDF, Word, Excel (.xlsx), ảnh và XML."),
        "kind_not_allowed": _("Cơ quan không nhận loại tệp này. Các loại được nhận: %(kinds)s.",
                              kinds=", ".join(error.kinds)),
        "encrypted": _("Tệp có mật khẩu. Hãy bỏ mật khẩu rồi tải lên lại."),
        "macro": _("Tệp có macro nên không nhận. Hãy lưu thành .docx hoặc .xlsx không có macro."),
        "damaged": _("Tệp hỏng, không mở được. Hãy mở thử trên máy, lưu lại rồi tải lên lại."),
        "too_large": _("Tệp lớn hơn %(most)s MB. Hãy giảm độ phân giải khi quét, hoặc tách thành nhiều tệp.", most=most),
        "too_many": _("Quá %(most)s tệp một lần. Hãy chia nhỏ.", most=most),
        "name_secret": _("Tên tệp mang dấu độ mật. Văn bản mật không được đưa vào phần mềm này."),
        "twice": _("Tệp “%(name)s” đã có ở văn bản này.", name=name),
        "archive": _("Tệp nén nằm trong tệp nén; hãy giải nén trước."),
        "archive_damaged": _("Tệp .zip hỏng, không mở được."),
        "archive_empty": _("Tệp .zip không có tệp nào bên trong."),
        "archive_too_large": _("Tệp .zip khi giải nén lớn hơn %(most)s MB. Hãy chia nhỏ.", most=most),
        "bomb": _("Tệp nén phình ra bất thường nên không nhận."),
        "none": _("Hãy chọn một tệp."),
        "gone": _("Tệp không được đăng ký nên đã được dọn khỏi kho."),
    }
    return sentences.get(error.code) or _("Không nhận được tệp này.")


@say.register
def _bad_certificate(error: errors.BadCertificate) -> str:
    facts = error.facts
    sentences = {
        "too_large": _("Tệp quá lớn, tối đa %(most)s KB.", most=facts.get("most", "")),
        "no_authority": _("“%(subject)s” là chứng thư của người dùng, không phải của cơ quan cấp chứng thư. Hãy chọn chứng "
                          "thư gốc (Root CA) hoặc của cơ quan cấp.", subject=facts.get("subject", "")),
    }
    return sentences.get(error.code) or _("Không đọc được chứng thư nào trong tệp. Cần tệp .crt, .cer, .pem hoặc .p7b.")


@say.register
def _backup_fault(error: errors.BackupFault) -> str:
    facts = error.facts
    sentences = {
        "not_writable": _("Không ghi được vào %(path)s (%(why)s). Hãy kiểm tra ổ đĩa và quyền ghi.", **_known(facts, "path", "why")),
        "disk_full": _("Ổ đĩa của %(path)s không đủ chỗ.", **_known(facts, "path")),
        "no_tool": _("Không tìm thấy %(tool)s của PostgreSQL. Hãy cài gói postgresql-client, hoặc đặt SOVANBAN_POSTGRES_BIN "
                     "là thư mục chứa nó.", **_known(facts, "tool")),
        "old_tool": _("%(tool)s là phiên bản %(has)s, cũ hơn máy chủ PostgreSQL %(needs)s. Hãy cài bản mới hơn, hoặc đặt "
                      "SOVANBAN_POSTGRES_BIN.", **_known(facts, "tool", "has", "needs")),
        "tool_failed": _("%(tool)s dừng vì lỗi: %(why)s", **_known(facts, "tool", "why")),
        "database_damaged": _("Cơ sở dữ liệu bị hỏng nên không sao lưu được: %(why)s. Hãy chạy sovanban doctor; các bản sao lưu "
                              "cũ còn nguyên.", **_known(facts, "why")),
        "program": _("Việc sao lưu dừng vì lỗi của phần mềm: %(why)s", **_known(facts, "why")),
        "no_archive": _("Không có bản sao lưu nào ở %(path)s.", **_known(facts, "path")),
        "unfinished": _("%(path)s không phải bản sao lưu trọn vẹn.", **_known(facts, "path")),
        "newer_format": _("Bản sao lưu do phiên bản mới hơn (%(program)s) tạo. Hãy cài phiên bản đó rồi khôi phục.",
                          **_known(facts, "program")),
        "newer_program": _("Bản sao lưu do phiên bản mới hơn (%(program)s) tạo. Hãy cài phiên bản đó rồi khôi phục.",
                           **_known(facts, "program")),
        "damaged": _("Bản sao lưu bị hỏng: %(name)s thiếu hoặc không còn đúng. Hãy dùng bản khác.", **_known(facts, "name")),
        "other_database": _("Bản sao lưu là của %(has)s, còn cấu hình đang dùng %(needs)s. Hãy đặt SOVANBAN_DATABASE_URL cho "
                            "đúng.", **_known(facts, "has", "needs")),
        "database_not_empty": _("Cơ sở dữ liệu %(name)s đã có dữ liệu. Chỉ khôi phục vào nơi còn trống.", **_known(facts, "name")),
        "files_not_empty": _("Kho tệp %(path)s đã có tệp khác. Chỉ khôi phục vào nơi còn trống.", **_known(facts, "path")),
    }
    if error.code == "disk_full" and "needed" in facts:
        return _("Ổ đĩa của %(path)s chỉ còn %(free)s MB, cần %(needed)s MB.", path=facts["path"],
                 free=_megabytes(facts["free"]), needed=_megabytes(facts["needed"]))
    return sentences[error.code]


def _known(facts: Mapping[str, object], *names: str) -> dict[str, object]:
    """Return the facts of one sentence; all sentences are made, also those that these facts are not for."""
    return {name: facts.get(name, "") for name in names}


def _megabytes(size: object) -> str:
    return f"{int(str(size)) // (1024 * 1024):,}".replace(",", ".")


@say.register
def _bad_report_form(error: errors.BadReportForm) -> str:
    detail = _quote(error.detail)
    sentences = {
        "not_word": _("Tệp này không phải tệp Word (.docx) đọc được."),
        "too_large": _("Mẫu báo cáo quá lớn; hãy bỏ bớt hình trong mẫu."),
        "macros": _("Tệp có macro nên không dùng được; hãy lưu lại dạng .docx."),
        "too_slow": _("In thử trên mẫu này mất quá lâu hoặc quá nhiều bộ nhớ; hãy bỏ bớt vòng lặp trong mẫu."),
        "unknown_field": _("Mẫu có chỗ điền mà báo cáo không có: %(detail)s.", detail=detail),
        "syntax": _("Mẫu có chỗ điền viết chưa đúng: %(detail)s.", detail=detail),
    }
    return sentences.get(error.code) or _("Không in thử được trên mẫu này: %(detail)s.", detail=detail)
