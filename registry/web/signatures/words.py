"""The words for verdicts on signatures and for the reasons of each."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import datetime

from flask_babel import gettext as _
from flask_babel import lazy_gettext

from registry.domain.signatures import Findings, Reason, SignatureVerdict, Verdict
from registry.web.filters import moment

VERDICTS: Mapping[Verdict, object] = {
    Verdict.VALID: lazy_gettext("Hợp lệ"), Verdict.UNCERTAIN: lazy_gettext("Nguyên vẹn, chưa đủ tin cậy"),
    Verdict.INVALID: lazy_gettext("Không hợp lệ"), Verdict.UNCHECKABLE: lazy_gettext("Không kiểm tra được"),
}
TONES: Mapping[Verdict, str] = {
    Verdict.VALID: "good", Verdict.UNCERTAIN: "warn", Verdict.INVALID: "bad", Verdict.UNCHECKABLE: "bad",
}


def sentences(one: SignatureVerdict) -> list[str]:
    """Return why the verdict is what it is, the gravest reason first."""
    found = one.findings
    plain = {reason: say() for reason, say in _WITHOUT_FACTS.items() if reason in one.reasons}
    told = {reason: say(found) for reason, say in _WITH_FACTS.items() if reason in one.reasons} if found else {}
    return [(plain | told)[reason] for reason in one.reasons]


def _at(when: datetime | None) -> str:
    return moment(when) if when else "…"


_WITHOUT_FACTS: Mapping[Reason, Callable[[], str]] = {
    Reason.CUT_OUT: lambda: _("Tệp này là phần cắt ra từ một tệp dài hơn đã ký (như văn bản lẻ tách từ Công báo), "
                                 "nên chữ ký không còn xác nhận được nội dung."),
    Reason.ALTERED: lambda: _("Nội dung tệp không còn đúng như lúc ký."),
    Reason.NOT_WHOLE: lambda: _("Chữ ký không bao trùm toàn bộ nội dung có trong tệp lúc ký."),
    Reason.CHANGED_LATER: lambda: _("Tệp đã bị sửa sau khi ký."),
    Reason.NO_ROOTS: lambda: _("Cơ quan chưa cài chứng thư gốc tin cậy nào, nên chưa biết chứng thư của người ký là thật. "
                                  "Người quản trị thêm tại trang Chứng thư gốc tin cậy."),
    Reason.UNKNOWN_ROOT: lambda: _("Chứng thư của người ký không dẫn đến chứng thư gốc tin cậy nào của cơ quan."),
    Reason.CHAIN_FAULTY: lambda: _("Đường dẫn từ chứng thư của người ký đến chứng thư gốc có chứng thư không dùng được."),
    Reason.ANNOTATED_LATER: lambda: _("Sau khi ký có thêm chú thích hoặc con dấu hình đè lên trang (như số, ngày văn bản); "
                                         "phần nội dung bên dưới không đổi."),
    Reason.STAMP_BROKEN: lambda: _("Dấu thời gian kèm theo bị hỏng."),
    Reason.NO_TIME: lambda: _("Chữ ký không ghi thời điểm ký."),
    Reason.FILLED_LATER: lambda: _("Sau chữ ký này có thêm chữ ký khác hoặc điền ô biểu mẫu; nội dung không đổi."),
    Reason.NO_STAMP: lambda: _("Không có dấu thời gian: thời điểm ký theo đồng hồ máy của người ký."),
    Reason.REVOCATION_UNKNOWN: lambda: _("Không biết chứng thư có bị thu hồi hay không: tệp không kèm thông tin đó."),
    Reason.DAMAGED: lambda: _("Tệp hoặc chữ ký bị hỏng, không đọc được."),
    Reason.ENCRYPTED: lambda: _("Tệp có mật khẩu."),
    Reason.UNKNOWN_FORM: lambda: _("Dạng chữ ký này chưa được hỗ trợ."),
    Reason.TOO_MUCH: lambda: _("Kiểm tra tệp này tốn quá nhiều thời gian hoặc bộ nhớ."),
}
_WITH_FACTS: Mapping[Reason, Callable[[Findings], str]] = {
    Reason.REVOKED: lambda f: _("Chứng thư đã bị thu hồi lúc %(when)s, trước khi ký.", when=_at(f.revoked_at)),
    Reason.EXPIRED_THEN: lambda f: _("Ký khi chứng thư đã hết hạn (hết hạn lúc %(when)s).", when=_at(f.valid_to)),
    Reason.NOT_YET_VALID_THEN: lambda f: _("Ký khi chứng thư chưa có hiệu lực (từ %(when)s).", when=_at(f.valid_from)),
    Reason.WEAK_ALGORITHM: lambda f: _("Ký bằng thuật toán đã lỗi thời (%(names)s), không còn đủ chứng minh tệp không bị sửa.",
                                       names=", ".join(f.weak).upper()),
    Reason.EXPIRED_SINCE: lambda f: _("Chứng thư hết hạn lúc %(when)s và không có dấu thời gian tin cậy để chứng minh "
                                      "chữ ký được tạo trước đó.", when=_at(f.valid_to)),
    Reason.REVOKED_SINCE: lambda f: _("Chứng thư bị thu hồi lúc %(when)s và không có dấu thời gian tin cậy để chứng minh "
                                      "chữ ký được tạo trước đó.", when=_at(f.revoked_at)),
    Reason.STAMP_UNTRUSTED: lambda f: _("Dấu thời gian %(when)s do máy chủ chưa được tin cậy cấp.", when=_at(f.stamped_at)),
    Reason.WEAK_CHAIN: lambda f: _("Chứng thư của người ký hoặc của cơ quan cấp được ký bằng thuật toán cũ (%(names)s).",
                                   names=", ".join(f.weak_chain).upper()),
    Reason.REVOKED_LATER: lambda f: _("Chứng thư bị thu hồi lúc %(when)s, sau khi ký; chữ ký trước đó vẫn có giá trị.",
                                      when=_at(f.revoked_at)),
    Reason.TIME_DIFFERS: lambda f: _("Máy của người ký ghi %(claimed)s, khác với dấu thời gian %(stamped)s.",
                                     claimed=_at(f.claimed_at), stamped=_at(f.stamped_at)),
}
