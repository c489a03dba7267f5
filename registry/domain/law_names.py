"""Laws, codes and ordinances in running text: by name and number, by name and date, by bare name."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Sequence

from registry.domain import citation_patterns as patterns
from registry.domain.citation_numbers import Found, NumberMatch, add_locator, official_symbol, read_tail
from registry.domain.laws import LawTable
from registry.domain.reading import Reading

_LONGEST_NAME = 330  # "Luật sửa đổi, bổ sung một số điều của" eleven laws
_ANCHOR = re.compile(r"(?<![a-z0-9])(?<!phap\s)(?<!ky\s)(?<!ki\s)(?<!quy\s)(?P<kind>(?:bo\s)?luat|phap\slenh|hien\sphap)(?![a-z0-9])")
_KINDS = {"luat": "Luật", "bo luat": "Bộ luật", "phap lenh": "Pháp lệnh", "hien phap": "Hiến pháp"}
_NUMBER_WORD = re.compile(r"\s?,?\s?\(?(?:so\s?:?\s?)?\Z")
_AMENDING = re.compile(r"\s(?:ve\s(?:viec\s)?)?sua\sdoi(?![a-z])")
# A name holds no digit (but a date may follow), no full stop, and none of these words.
_NAME = re.compile(rf"(?:[^0-9;:.()\"“”\[\]\n]|\n(?!\n)|\(HIV/AIDS\)|\(sửa đổi\)){{0,{_LONGEST_NAME}}}")
_BREAKS = re.compile(
    r"(?<!\w)(?:này|đó|trên|nói trên|được|có hiệu lực|đã|quy định|thông qua|thì|trừ|tại điều|tại khoản|tại nghị|tại các|hiện hành|kể từ|từ ngày|đến ngày"
    r"|trước ngày|và các|các văn bản|ban hành kèm|căn cứ|áp dụng|nêu|là|hoặc|ban hành ngày"
    r"|và nghị|và thông|và quyết|và pháp|nghị định|thông tư|quyết định|nghị quyết)(?!\w)", re.IGNORECASE)
_BREAKS_AMENDING = re.compile(
    r"(?<!\w)(?:này|đó|nói trên|được|có hiệu lực|đã|thông qua|thì|trừ|hiện hành|kể từ|từ ngày|trước ngày|nghị định|thông tư"
    r"|quyết định|nghị quyết)(?!\w)", re.IGNORECASE)
_YEAR_THEN_NUMBER = re.compile(r"(?:19|20)[0-9]{2}\s?,?\s?\(?(?:so\s?:?\s?)?")  # Luật Nhà ở năm 2014 số 65/2014/QH13
_NAMED_YEAR = re.compile(r",?\s(?:năm\s)?(?:19|20)[0-9]{2}\Z")
_MORE_LAWS = re.compile(r"\s?(?:,|va|,\sva)\s(?:bo\s)?luat\s[a-z\s,-]{2,110}\sso\s[0-9]")
_YEAR_BEHIND = re.compile(r"\s?,?\s?(?:nam\s)?\(?(?P<year>(?:19|20)[0-9]{2})(?![0-9/.-])\)?")


def find_laws(reading: Reading, numbers: Sequence[NumberMatch], laws: LawTable) -> list[Found]:
    """Return the laws that ``reading`` names, in order; ``numbers`` are all its numbers, in order."""
    starts = [number.start for number in numbers]
    found: list[Found] = []
    end = 0
    for anchor in _ANCHOR.finditer(reading.bare):
        if anchor.start() < end:
            continue
        one = _read(reading, anchor, numbers, starts, laws)
        if one is not None:
            found.append(one)
            end = one.end
    return found


def _read(reading: Reading, anchor: re.Match[str], numbers: Sequence[NumberMatch], starts: list[int],
          laws: LawTable) -> Found | None:
    plain, bare = reading.plain, reading.bare
    start, after = anchor.start(), anchor.end()
    kind = _KINDS[" ".join(anchor["kind"].split())]
    amending = _AMENDING.match(bare, after) is not None
    name_match = _NAME.match(plain, after)
    reach = name_match.end() if name_match else after
    if not amending and (following := _ANCHOR.search(bare, after, reach + 1)):
        reach = following.start()
    breaks = _BREAKS_AMENDING if amending else _BREAKS
    broken = breaks.search(plain, after, reach)
    at = bisect_left(starts, after)
    number = numbers[at] if at < len(numbers) and numbers[at].start <= reach + 14 else None
    if number and number.start > reach + 5 and not _YEAR_THEN_NUMBER.fullmatch(bare, reach, number.start):
        number = None
    if number and patterns.ASSEMBLY_SYMBOL.fullmatch(number.bare):
        made = _with_number(reading, start, after, kind, number, amending=amending, laws=laws, broken=broken)
        if made is not None:
            return made
    if broken and (not amending or broken.start() < reach):
        reach = broken.start()
    if dated := _with_date(reading, start, after, kind, reach):
        return dated
    return _bare_name(reading, start, kind, laws)


def _with_number(reading: Reading, start: int, after: int, kind: str, number: NumberMatch, *, amending: bool,
                 laws: LawTable, broken: re.Match[str] | None) -> Found | None:
    """Read "Luật Đất đai số 31/2024/QH15" and "Luật số 35/2018/QH14"."""
    bare = reading.bare
    between = bare[after : number.start]
    word = _NUMBER_WORD.search(between)
    name_end = after + (word.start() if word else len(between))
    if broken and broken.start() < name_end:
        return None
    name = _NAMED_YEAR.sub("", reading.line(start, name_end).rstrip(" ,("))
    bare_name = name_end <= after + 1
    if amending and not bare_name and _MORE_LAWS.match(bare, number.end):
        return None  # "Luật sửa đổi … Luật Đất đai số 31/2024/QH15, Luật Nhà ở số 27/2023/QH15": the numbers are theirs
    known = laws.by_number(f"{number.ordinal}{number.symbol}")
    if amending and known is not None and not known.amends and not bare_name:
        return None
    tail = read_tail(reading, number.end)
    made = Found(start, tail.end, kind, number.ordinal + official_symbol(number.symbol), number.bare, tail.issued_on,
                 number.year or tail.year, tail.issuer, name=None if bare_name else name)
    add_locator(reading, made)
    return made


def _with_date(reading: Reading, start: int, after: int, kind: str, reach: int) -> Found | None:
    """Read "Luật Hải quan ngày 23 tháng 6 năm 2014"."""
    bare = reading.bare
    at = bare.find("ngay", after, reach + 6)
    while at != -1:
        if (day := patterns.NAMED_DAY.match(bare, at)) and bare[at - 1] in " \n":
            break
        at = bare.find("ngay", at + 1, reach + 6)
    else:
        return None
    name = reading.line(start, at).rstrip(" ,")
    issued_on = patterns.read_day(day) if day else None
    if day is None or issued_on is None or (len(name) < 7 and kind != "Hiến pháp" and not name[0].isupper()):
        return None
    tail = read_tail(reading, day.end())
    made = Found(start, tail.end, kind, None, "", issued_on, issued_on.year, tail.issuer, name=name if len(name) > 6 else None)
    add_locator(reading, made)
    return made


def _bare_name(reading: Reading, start: int, kind: str, laws: LawTable) -> Found | None:
    """Read "Luật Hải quan" and "Luật Đất đai năm 2024": a mention of a law that the table holds."""
    length = laws.longest_name(reading.bare, start)
    if not length:
        return None
    end = start + length
    made = Found(start, end, kind, name=reading.line(start, end), optional=True)
    if year := _YEAR_BEHIND.match(reading.bare, end):
        made.end, made.year = year.end("year"), int(year["year"])
    add_locator(reading, made)
    return made
