"""Faults of what is typed about a document: number, dates, bodies, names; and of the row it goes to."""

from __future__ import annotations

from flask_babel import gettext as _

from registry.domain import errors
from registry.domain.dates import print_short_date
from registry.messages.saying import quote, say


@say.register
def _bad_number(error: errors.BadDocumentNumber) -> str:
    text, rest = quote(error.text), quote(error.text[error.position:])
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
    text = quote(error.text)
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
    return _("Không có cơ quan “%(name)s” vào ngày của văn bản, hoặc có nhiều cơ quan cùng tên. Hãy xem lại ngày, chọn trong "
             "danh sách gợi ý; nếu là cơ quan mới, đánh dấu “Đã xem các lưu ý, vẫn lưu” để thêm vào danh mục.", name=quote(error.name))


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
             number=quote(error.number))


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
    if error.code == "no_issuer":
        return _("Chưa ghi cơ quan ban hành.")
    if error.code == "no_number":
        return _("Văn bản chưa có số và không vào sổ nào. Để lấy số, hãy chọn sổ đăng ký.")
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
def _name_taken(error: errors.NameTaken) -> str:
    return _("Đã có “%(name)s” trong danh sách (không phân biệt dấu và hoa thường).", name=quote(error.name))


@say.register
def _code_taken(error: errors.CodeTaken) -> str:
    return _("Năm %(year)s đã có hồ sơ mang số, ký hiệu “%(code)s”.", code=quote(error.code), year=error.year)


@say.register
def _organisation_unclear(error: errors.OrganisationUnclear) -> str:
    if not error.candidates:
        return _("Không có cơ quan nào tên như vậy. Hãy gõ tên khác, hoặc thêm cơ quan này trước.")
    return _("Chưa rõ cơ quan nào. Hãy gõ trọn một trong các tên: %(names)s.", names="; ".join(error.candidates))
