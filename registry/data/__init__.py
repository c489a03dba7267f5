"""Data that is shipped with the program (dữ liệu kèm theo); read as package resources, never written.

``organisations.csv`` issuing bodies: central ones, the provinces before and after 01/7/2025, the
    departments of Hà Nam. ``valid_to`` is the last day; empty dates are unknown or open. ``aliases`` are
    separated by semicolons. ``basis`` says where a change comes from; "chưa xác nhận" marks what is common
    knowledge and was not read in the document itself.
``successions.csv`` who took over from whom, many to many; ``on`` is the successor's first day, ``kind``
    one of merged, split, renamed, tasks (only some tasks went over).
``departments.csv`` the usual symbols of a province's departments, for making one where a clerk needs it;
    ``successor`` is the symbol of the department that took over.
``fields.csv`` fields of work (lĩnh vực).
``demo.json`` the demo office: Sở Thông tin và Truyền thông tỉnh Hà Nam in the first half of 2021, with the
    fifteen documents that ``demo_article.txt`` lists. Persons are made up. A null number or date is one
    that the article does not state.
"""
