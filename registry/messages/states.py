"""Why something cannot be done in the state that a thing is in."""

from __future__ import annotations

from collections import defaultdict
from datetime import date

from flask_babel import gettext
from flask_babel import lazy_gettext as _

from registry.domain import errors
from registry.domain.dates import print_short_date
from registry.messages.saying import quote, say

_SENTENCES = {
    # Documents and their files
    "already_cancelled": _("Văn bản này đã hủy rồi."),
    "not_cancelled": _("Văn bản này không ở trạng thái hủy."),
    "document_cancelled": _("Văn bản này đã hủy; hãy khôi phục văn bản trước khi ghi nhận nhiệm vụ."),
    "document_stands": _("Văn bản giao việc không bị hủy."),
    "open_work": _("Văn bản còn %(count)s nhiệm vụ chưa xong; hãy chọn hủy cùng văn bản hay giữ lại."),
    "meanwhile": _("Người khác vừa đăng ký hoặc sửa văn bản này. Hãy làm lại."),
    "file_changed": _("Tệp này vừa được thay thế hoặc gỡ; hãy tải lại trang."),
    "same_file": _("Tệp vừa chọn giống hệt phiên bản đang có."),
    "item_decided": _("Tệp này đã được xử lý rồi; hãy tải lại trang."),
    # Numbers and register books
    "inserted_after_last": _("Số chèn phải đứng sau một số đã cấp; số cuối trong sổ là %(last)s."),
    "jump_too_far": _("Số cuối trong sổ là %(last)s; mỗi lần không được nhảy quá %(most)s số."),
    "book_closed": _("Sổ đã đóng, không cấp số nữa."),
    "reserve_count": _("Mỗi lần giữ được từ 1 đến %(most)s số."),
    "entry_not_reserved": _("Số này không còn ở trạng thái giữ chỗ."),
    "year_far_off": _("Sổ chỉ có các năm từ %(first)s đến %(last)s."),
    "counter_backwards": _("Sổ đã cấp đến số %(last)s; không lùi lại được."),
    "book_has_numbers": _("Sổ đã cấp số nên không đổi được hướng, cơ quan và chuỗi số."),
    "volumes_overlap": _("Quyển %(name)s đã có một phần các số này; hãy xem lại từ số, đến số."),
    "form_of_book": _("Sổ này không in theo mẫu đó."),
    "period_backwards": _("Kỳ in phải kết thúc sau khi bắt đầu: hãy xem lại từ ngày, đến ngày, từ số, đến số."),
    # Organisations, units, people, laws
    "own_parent": _("Không thể chọn chính mục này hoặc cấp dưới của nó làm cấp trên."),
    "own_successor": _("Một cơ quan không thể kế thừa chính nó, trực tiếp hay vòng lại."),
    "dates_reversed": _("Ngày kết thúc không thể trước ngày bắt đầu."),
    "merge_with_itself": _("Hãy chọn một cơ quan khác để gộp vào."),
    "merge_shipped": _("Cơ quan có sẵn trong danh mục không gộp vào cơ quan khác; hãy gộp theo chiều ngược lại."),
    "closed_unit": _("Đơn vị này đã đóng; hãy chọn đơn vị khác."),
    "inactive_person": _("Người này đã ngừng dùng phần mềm; hãy chọn người khác."),
    "unit_owes": _(
        "Đơn vị còn %(count)s nhiệm vụ chưa xong, %(papers)s hồ sơ và văn bản dự kiến; hãy chọn đơn vị hoặc người tiếp "
        "nhận."),
    "person_owes": _(
        "Người này còn %(count)s nhiệm vụ chưa xong, %(papers)s hồ sơ và văn bản dự kiến; hãy chọn người hoặc đơn vị tiếp "
        "nhận."),
    "own_heir": _("Hãy chọn một đơn vị hoặc người khác để tiếp nhận."),
    "not_first": _("Phần mềm đã có người quản trị; hãy đăng nhập."),
    "last_administrator": _("Đây là người quản trị cuối cùng. Hãy giao vai trò quản trị cho người khác trước."),
    "not_a_law_number": _("Đây không phải số hiệu của luật hoặc pháp lệnh. Hãy nhập như 31/2024/QH15."),
    # Obligations
    "not_yours": _("Nhiệm vụ này của người hoặc đơn vị khác; hãy nhờ người được giao hoặc văn thư."),
    "managers_only": _("Việc này do lãnh đạo hoặc văn thư thực hiện."),
    "transition": _("Nhiệm vụ không còn ở trạng thái cho phép việc này; hãy tải lại trang."),
    "closed": _("Nhiệm vụ đã kết thúc."),
    "nobody": _("Hãy chọn người hoặc đơn vị nhận."),
    "done_in_future": _("Ngày hoàn thành không thể sau hôm nay."),
    "bad_rule": _("Chu kỳ này không cho ra ngày nào; hãy chọn lại."),
    "year_without_calendar": _("Chưa có lịch nghỉ của năm này; lịch có các năm từ %(first)s đến %(last)s."),
    "extension_waiting": _("Đã có một đề nghị gia hạn đang chờ quyết định."),
    "not_later": _("Ngày đề nghị phải sau hạn hiện tại."),
    "already_decided": _("Đề nghị này đã được quyết định rồi."),
    "deciders_only": _("Chỉ lãnh đạo, hoặc trưởng đơn vị đối với đơn vị mình, quyết định gia hạn."),
    # Reminders
    "reminder_days": _(
        "Ngày nhắc trước: nhiều nhất %(count)s mốc, mỗi mốc từ 1 đến %(most)s ngày làm việc. Ví dụ: 7, 3, 1."),
    "reminder_hours": _("Giờ nhắc buổi sáng phải nằm trong giờ làm việc."),
    "own_deputy": _("Hãy chọn một người khác nhận thay."),
    "message_waits": _("Thư này đang chờ gửi rồi."),
    # Work programmes
    "plan_closed": _("Mục này của chương trình công tác đã ban hành, đã chuyển kỳ sau hoặc đã bỏ; hãy tải lại trang."),
    "plan_open": _("Mục này đang mở."),
    "plan_carried": _("Mục này đã chuyển sang kỳ sau; hãy làm tiếp ở kỳ ấy."),
    "plan_not_yours": _("Văn bản này do đơn vị hoặc người khác soạn thảo."),
    "planners_only": _("Việc này do văn thư hoặc lãnh đạo thực hiện."),
    "not_a_later_period": _("Hãy chọn một kỳ kết thúc sau kỳ hiện tại."),
    "issued_cancelled": _("Văn bản này đã hủy; hãy chọn văn bản còn hiệu lực trong sổ."),
    "issued_elsewhere": _("Văn bản này do cơ quan khác ban hành, không phải cơ quan mà chương trình dự kiến."),
    "too_many_lines": _(
        "Danh sách có %(count)s văn bản; mỗi lần thêm nhiều nhất %(most)s. Hãy chia làm nhiều lần, chưa dòng nào được thêm."),
    # Case files
    "file_not_yours": _("Hồ sơ này do đơn vị hoặc người khác lập; hãy chọn chính mình hoặc đơn vị mình, hoặc nhờ văn thư."),
    "file_closed": _("Hồ sơ đã kết thúc hoặc đã nộp lưu; hãy mở lại trước."),
    "file_open": _("Hồ sơ này đang mở."),
    "file_not_closed": _("Hồ sơ chưa kết thúc, hoặc đã nộp lưu."),
    "file_handed_over": _("Hồ sơ đã nộp lưu; văn thư mở lại nếu lưu trữ trả về."),
    "file_stays": _(
        "Hồ sơ có thời hạn bảo quản dưới 5 năm nên để tại đơn vị, không nộp lưu (Nghị định 30/2020/NĐ-CP, Điều 31)."),
    "kept_back_too_long": _("Đơn vị chỉ được giữ lại thêm nhiều nhất 2 năm, đến %(last)s."),
    # Searches and exports
    "too_many_saved": _("Mỗi người lưu được nhiều nhất %(most)s tìm kiếm; hãy xóa bớt rồi lưu tiếp."),
    "exports_under_way": _("Bạn đang có %(most)s tệp chờ xuất; hãy đợi các tệp ấy xong rồi xuất tiếp."),
}
"""The sentence of each code of ``NotPossible``, with places for its facts."""


@say.register
def _not_possible(error: errors.NotPossible) -> str:
    sentence = _SENTENCES.get(error.code)
    if sentence is None:
        return gettext("Không thực hiện được ở trạng thái hiện tại; hãy tải lại trang.")
    return str(sentence) % defaultdict(str, {name: _printed(value) for name, value in error.facts.items()})


def _printed(fact: object) -> str:
    return print_short_date(fact) if isinstance(fact, date) else quote(str(fact))
