"""The words for codes that the database keeps: roles, directions, actions of the audit trail."""

from __future__ import annotations

from collections.abc import Mapping

from flask_babel import lazy_gettext as _

ROLES: Mapping[str, object] = {
    "clerk": _("Văn thư"), "official": _("Chuyên viên"), "leader": _("Lãnh đạo"),
    "administrator": _("Quản trị"), "reader": _("Người tra cứu"),
}
DIRECTIONS: Mapping[str, object] = {
    "outgoing": _("Đi"), "incoming": _("Đến"), "internal": _("Nội bộ"), "external": _("Chỉ được viện dẫn"),
}
DOUBTS: Mapping[str, object] = {
    "duplicate": _("Trùng số với văn bản khác"), "not_handed": _("Đến, chưa chuyển cho ai"),
    "unread_file": _("Có tệp không đọc được"),
}
LEVELS: Mapping[str, object] = {
    "central": _("Trung ương"), "party": _("Cơ quan Đảng"), "province": _("Cấp tỉnh"), "commune": _("Cấp xã"),
    "other": _("Khác"),
}
MANNERS: Mapping[str, object] = {
    "merged": _("Hợp nhất, sáp nhập"), "split": _("Chia, tách"), "renamed": _("Đổi tên"),
    "tasks": _("Chuyển nhiệm vụ"),
}
ACTIONS: Mapping[str, object] = {
    "create": _("Thêm"), "update": _("Sửa"), "cancel": _("Hủy"), "restore": _("Khôi phục"),
    "deactivate": _("Ngừng"), "login": _("Đăng nhập"), "login_failed": _("Đăng nhập sai"),
    "logout": _("Đăng xuất"), "change_password": _("Đổi mật khẩu"), "reset_password": _("Đặt lại mật khẩu"),
    "reserve": _("Giữ số"), "void": _("Hủy số"), "start_year": _("Đặt số bắt đầu"), "import": _("Nhập từ tệp"),
    "export": _("Xuất"), "link": _("Nối kế thừa"), "unlink": _("Bỏ kế thừa"), "merge": _("Gộp"),
    "delete": _("Bỏ"), "refuse_secret": _("Từ chối vì dấu mật"), "cite": _("Viện dẫn"), "resend": _("Gửi lại"), "run": _("Chạy"), "restore_backup": _("Khôi phục bản sao lưu"),
    "read_links": _("Đọc viện dẫn"), "confirm_link": _("Xác nhận viện dẫn"),
    "decide_link": _("Xác định viện dẫn"), "add_validity": _("Ghi hiệu lực"), "confirm_validity": _("Xác nhận hiệu lực"),
    "dismiss_validity": _("Bỏ ghi nhận hiệu lực"), "add_documents": _("Đưa văn bản vào"),
    "remove_document": _("Đưa văn bản ra"), "order_documents": _("Xếp theo thời gian"), "move_document": _("Dời văn bản"),
    "attach": _("Đính kèm tệp"), "replace_file": _("Thay tệp"), "remove_file": _("Gỡ tệp"),
    "set_file_role": _("Đổi vai trò tệp"),
}
OBJECTS: Mapping[str, object] = {
    "document": _("Văn bản"), "user": _("Người dùng"), "unit": _("Đơn vị"), "organisation": _("Cơ quan"),
    "book": _("Sổ"), "kind": _("Loại văn bản"), "field": _("Lĩnh vực"), "settings": _("Thông tin cơ quan"), "abbreviation": _("Chữ viết tắt"), "law": _("Luật"), "message": _("Thư"),
    "reminder": _("Lời nhắc"), "reminder_wish": _("Nhắc việc của tôi"), "absence": _("Vắng mặt"),
    "calendar_feed": _("Lịch của tôi"), "job": _("Việc định kỳ"), "search": _("Tìm kiếm"), "file": _("Tệp"),
    "not_implemented": _("Danh sách chưa triển khai"), "obligation": _("Nhiệm vụ"),
    "office_day": _("Lịch làm việc"), "intake_batch": _("Lô tệp"), "trusted_root": _("Chứng thư gốc tin cậy"), "backup": _("Bản sao lưu"),
    "report": _("Báo cáo"), "report_draft": _("Dự thảo báo cáo"),
    "report_form": _("Mẫu báo cáo"), "planned_document": _("Chương trình công tác"), "case_file": _("Hồ sơ"),
}
DAY_KINDS: Mapping[str, object] = {"off": _("Nghỉ"), "working": _("Làm bù")}
DAY_STATUSES: Mapping[str, object] = {
    "confirmed": _("đã công bố"), "library": _("theo thư viện ngày nghỉ"), "expected": _("dự kiến, chưa có quyết định"),
    "unconfirmed": _("chưa xác nhận, không tính"),
}
OBLIGATION_STATES: Mapping[str, object] = {
    "new": _("Chưa thực hiện"), "working": _("Đang thực hiện"), "waiting": _("Chờ xác nhận"),
    "done": _("Hoàn thành"), "paused": _("Tạm dừng"), "cancelled": _("Hủy"),
}
ENTRY_STATES: Mapping[str, object] = {"used": _("Đã dùng"), "reserved": _("Đang giữ"), "voided": _("Đã hủy")}
PLAN_STATES: Mapping[str, object] = {
    "planned": _("Dự kiến"), "drafting": _("Đang soạn"), "issued": _("Đã ban hành"),
    "carried": _("Chuyển kỳ sau"), "dropped": _("Bỏ"),
}
FILE_STATES: Mapping[str, object] = {
    "open": _("Đang lập"), "closed": _("Đã kết thúc"), "handed_over": _("Đã nộp lưu"),
}
FIELDS: Mapping[str, object] = {
    "username": _("tên đăng nhập"), "fingerprint": _("dấu vân tay SHA-256"), "taken_at": _("thời điểm sao lưu"), "full_name": _("họ và tên"), "role": _("vai trò"), "unit_id": _("đơn vị"),
    "email": _("thư điện tử"), "phone": _("điện thoại"), "active": _("đang dùng"), "language": _("ngôn ngữ"),
    "name": _("tên"), "name_en": _("tên tiếng Anh"), "symbol": _("ký hiệu"), "parent_id": _("cấp trên"),
    "closed_on": _("ngày đóng"), "abbreviation": _("chữ viết tắt"), "position": _("thứ tự"),
    "direction": _("loại sổ"), "issuer_id": _("cơ quan ban hành"), "series": _("chuỗi số"),
    "with_year": _("số có năm"), "kinds": _("các loại văn bản"), "short_name": _("tên ngắn"),
    "aliases": _("tên khác"), "interchange_code": _("mã định danh"), "level": _("cấp"), "place": _("địa bàn"),
    "valid_from": _("có từ"), "valid_to": _("có đến"), "basis": _("căn cứ"), "needs_review": _("cần rà soát"),
    "successor": _("cơ quan kế thừa"), "on": _("ngày"), "manner": _("cách thức"), "into": _("gộp vào"),
    "documents": _("số văn bản"), "duplicates": _("số văn bản trùng"), "last_ordinal": _("số cuối"),
    "ordinal": _("số thứ tự"), "ordinals": _("các số"), "volume": _("quyển số"), "external_id": _("mã ở nguồn"), "year": _("năm"), "reason": _("lý do"), "count": _("số lượng"),
    "office_name": _("tên cơ quan"), "parent_name": _("cơ quan chủ quản"),
    "organisation_id": _("cơ quan trong danh mục"), "default_issuer_id": _("cơ quan ban hành mặc định"),
    "number": _("số, ký hiệu"), "kind_id": _("loại văn bản"), "issued_on": _("ngày văn bản"),
    "subject": _("trích yếu"), "signer_name": _("người ký"), "signer_position": _("chức vụ người ký"),
    "urgency": _("mức độ khẩn"), "field_id": _("lĩnh vực"), "received_on": _("ngày đến"),
    "handed_to": _("chuyển cho"), "handed_on": _("ngày chuyển"), "recipients": _("nơi nhận"),
    "archive_unit": _("đơn vị lưu"), "copies": _("số bản"), "envelopes": _("số lượng bì"), "pages": _("số trang"), "sent_on": _("ngày gửi"),
    "reply_due_on": _("hạn trả lời"), "notes": _("ghi chú"), "restricted": _("hạn chế nội bộ"),
    "status": _("trạng thái"), "text": _("toàn văn"), "references": _("văn bản viện dẫn"), "waiting": _("viện dẫn chờ xác định"),
    "validity": _("hiệu lực"),
    "duplicate_reason": _("lý do trùng"), "rule": _("quy tắc"), "short": _("chữ viết tắt"), "long": _("viết đầy đủ"), "query": _("câu tìm"), "file": _("tệp"), "rows": _("số dòng"),
    "registered": _("đã đăng ký"), "already": _("đã có từ trước"), "refused": _("bị từ chối"),
    "remind_days_before": _("nhắc trước"), "remind_on_day": _("nhắc trong ngày"),
    "remind_overdue": _("nhắc khi quá hạn"), "remind_most_overdue": _("thôi nhắc sau"),
    "remind_head_after": _("báo trưởng đơn vị"), "remind_leader_after": _("báo lãnh đạo"),
    "remind_morning_at": _("giờ gửi buổi sáng"), "remind_opens": _("giờ mở cửa"), "remind_closes": _("giờ đóng cửa"),
    "remind_digest": _("gộp một thư"), "from_on": _("từ ngày"), "to_on": _("đến ngày"),
    "new_issuers": _("cơ quan mới"), "user_id": _("người"),
    "task": _("nhiệm vụ"), "partners": _("phối hợp"), "heads_unit": _("trưởng đơn vị"), "before_is_strict": _("“trước ngày” là hết hôm trước"), "kind": _("là ngày"),
    "document": _("văn bản giao"), "due_on": _("hạn"), "due": _("hạn"), "rrule": _("chu kỳ"), "state": _("trạng thái"),
    "transfer": _("người thực hiện"), "extension": _("gia hạn"), "received": _("đã nhận"), "note": _("ghi chú"),
    "passed_on": _("số nhiệm vụ chuyển"),
    "code": _("số, ký hiệu hồ sơ"), "heading": _("đề mục"), "title": _("tiêu đề"),
    "retention_years": _("thời hạn bảo quản (năm)"), "construction": _("hồ sơ xây dựng cơ bản"),
    "started_on": _("ngày bắt đầu"), "ended_on": _("ngày kết thúc"), "description": _("mô tả"),
    "hand_over_on": _("hạn nộp lưu"), "handed_over_on": _("ngày nộp lưu"), "file_state": _("trạng thái"),
    "documents_added": _("văn bản đưa vào"), "documents_removed": _("văn bản đưa ra"), "documents_moved": _("văn bản được dời"),
    "period": _("kỳ"), "into_period": _("chuyển sang kỳ"), "directive_id": _("căn cứ"), "plan_state": _("trạng thái"),
    "file_role": _("vai trò tệp"), "sha256": _("mã băm SHA-256"),
}

EFFECTS: Mapping[str, object] = {
    "replaced": _("bị thay thế"), "repealed": _("bị bãi bỏ"), "partly": _("hết hiệu lực một phần"),
    "amended": _("được sửa đổi, bổ sung"), "suspended": _("ngưng hiệu lực"),
}

MESSAGE_STATES: Mapping[str, object] = {
    "waiting": _("Chờ gửi"), "sending": _("Đang gửi"), "sent": _("Đã gửi"), "failed": _("Không gửi được"),
    "cancelled": _("Đã bỏ"),
}
MESSAGE_KINDS: Mapping[str, object] = {
    "digest": _("Tổng hợp buổi sáng"), "urgent": _("Việc gấp"), "escalation": _("Báo cấp trên"), "test": _("Thư thử"),
    "hand_over": _("Nộp lưu hồ sơ"),
}
FILE_ROLES: Mapping[str, object] = {"main": _("Văn bản chính"), "annex": _("Phụ lục")}
FILE_NOTES: Mapping[str, object] = {
    "image_pages": _("Một số trang là ảnh."),
    "stamp_over_head": _("Số hoặc ngày là hình dấu đóng lên trang, không đọc được; hãy xem bản gốc rồi điền."),
    "legacy_font": _("Chữ TCVN3 hoặc VNI đã được chuyển sang Unicode."),
    "tracked_changes": _("Tệp còn các sửa đổi chưa chấp nhận; đã đọc như đã chấp nhận."),
    "hidden_text": _("Phần chữ ẩn đã được bỏ qua."),
    "low_confidence": _("Bản quét mờ: nhiều chữ nhận dạng chưa chắc, hãy soát kỹ."),
    "pages_unreadable": _("Một số trang không đọc được."),
}
JOBS: Mapping[str, object] = {
    "spawn_occurrences": _("Tạo lần thực hiện của việc định kỳ"), "announce_hand_over": _("Báo hồ sơ đến hạn nộp lưu"), "plan_reminders": _("Lập lịch nhắc việc"),
    "send_reminders": _("Gửi thư nhắc việc"), "forget_failures": _("Xóa các lần đăng nhập sai đã cũ"),
    "check_trail": _("Kiểm tra nhật ký"), "sweep_files": _("Dọn tệp không dùng"), "check_signatures": _("Kiểm tra chữ ký số"), "backup": _("Sao lưu"),
}

# The fields of the audit trail whose values are codes.
VALUES: Mapping[str, Mapping[str, object]] = {
    "role": ROLES, "direction": DIRECTIONS, "level": LEVELS, "manner": MANNERS, "kind": DAY_KINDS, "state": OBLIGATION_STATES,
    "plan_state": PLAN_STATES, "file_state": FILE_STATES,
    "file_role": FILE_ROLES,
    "extension": {"refused": _("từ chối")},
    "status": {"active": _("đang có trong sổ"), "cancelled": _("đã hủy")},
    "urgency": {"0": _("Thường"), "1": _("Khẩn"), "2": _("Thượng khẩn"), "3": _("Hỏa tốc")},
}


def label(labels: Mapping[str, object], code: object) -> str:
    """Return the words for ``code``, the code itself where there are none."""
    return str(labels.get(str(code), code))
