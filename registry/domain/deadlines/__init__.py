"""Deadlines (thời hạn) in a text: dates, ends of periods, recurring dates and terms after an event.

What is found is a proposal that a clerk confirms. Signing and effective dates, planning periods,
conditions ("vi phạm trước ngày 01/7/2014") and legal bases are no deadlines.

How it is read
--------------
``reader`` runs the readers one after the other, the surer first: of two deadlines that overlap, the one found
first stays. In their order:

``cycle_days``   days and hours that come round: "trước ngày 15 hằng tháng", "ngày 17 các tháng 3, 6, 9"
``dates``        days: "trước ngày 15/6"; ``year_days`` tells those of each year: "hằng năm (trước ngày 30/11)"
``terms``        terms of an event, alone, or counted on: "trong 10 ngày kể từ ngày …", "ngày làm việc tiếp theo"
``cycles``       so often: "03 tháng một lần", "định kỳ 6 tháng, năm"
``headed``       what stands behind a label: "Thời hạn: 05 ngày"
``periods``      ends of periods: "trong quý II/2021"
``cycles``       at last a cycle alone, where nothing said it better: "Hằng năm, … báo cáo"

A reader asks its patterns (``…_patterns``) for candidates, and then the sentence around each whether something is
due there. What more than one reader asks has a module of its own:

``date_cases``   whether a day tells whom a rule is for: "hợp đồng ký trước ngày …"
``conditions``   whether what looks like a term is a condition, a ban, or how long something lasts
``events``       where the name of the event ends that a term runs from
``context``      asked last, of everything found: sentences in which nothing is due, as worked examples and rights

Below them are ``text`` (the text being read: its sentences, its date), ``values`` (what a deadline is), ``around``
(what is due, and from whom), ``words`` (patterns that several readers share) and ``parts`` (what patterns are made of).
"""

from registry.domain.deadlines.reader import find_deadlines
from registry.domain.deadlines.values import Deadline, Relative, last_day

__all__ = ["Deadline", "Relative", "find_deadlines", "last_day"]
