"""The chain as a tree: any graph, with circles and crowds, becomes one that ends."""

from __future__ import annotations

from collections import Counter

import pytest
from hypothesis import given
from hypothesis import strategies as st

from registry.domain import relations
from registry.domain.chain_picture import HEIGHT, WIDTH, draw
from registry.domain.chains import CARRIED, CHANGED, RELATIONS, Branch, Neighbours, Step, grow


def looking(edges):
    """Return a look-up over ``edges`` ({document: [(other, relation)]}), which counts how often it is asked."""
    asked = []

    def look(keys, room):
        asked.append(list(keys))
        return {key: Neighbours(tuple(Step(there, (relation,)) for there, relation in edges[key][:room]), len(edges[key]))
                for key in keys if key in edges}

    look.asked = asked
    return look


def shape(branch):
    """Return the tree as nested tuples, repeated documents marked."""
    return (f"{branch.key}{'…' if branch.again else ''}", *map(shape, branch.branches))


GRAPHS = st.dictionaries(
    st.integers(0, 14),
    st.lists(st.tuples(st.integers(0, 14), st.sampled_from(RELATIONS)), max_size=8, unique_by=lambda one: one[0]),
    max_size=15)


def test_every_relation_of_a_chain_is_a_known_one():
    assert set(RELATIONS) <= relations.RELATIONS_BY_CODE.keys()
    assert not set(CARRIED) & set(CHANGED)


def test_a_chain_of_three_levels():
    tree = grow(1, looking({1: [(2, "implements")], 2: [(3, "implements"), (4, "guides")]}))
    assert shape(tree) == ("1", ("2", ("3",), ("4",)))


def test_a_circle_ends_and_says_so():
    tree = grow(1, looking({1: [(2, "implements")], 2: [(1, "based_on")]}))
    assert shape(tree) == ("1", ("2", ("1…",)))
    again = tree.branches[0].branches[0]
    assert again.circle


def test_a_shared_document_is_opened_once_and_is_no_circle():
    tree = grow(1, looking({1: [(2, "implements"), (3, "implements")], 2: [(4, "guides")], 3: [(4, "guides")],
                            4: [(5, "guides")]}))
    assert shape(tree) == ("1", ("2", ("4", ("5",))), ("3", ("4…",)))
    assert not any(branch.circle for branch in tree.walk())


def test_a_document_that_only_changes_is_shown_and_not_followed():
    look = looking({1: [(2, "replaces")], 2: [(3, "implements")]})
    tree = grow(1, look)
    assert shape(tree) == ("1", ("2",))
    assert tree.branches[0].changes
    assert [2] not in look.asked


def test_what_found_no_room_is_counted():
    tree = grow(1, looking({1: [(n, "implements") for n in range(2, 802)]}), most=500)
    assert len(tree.branches) == 500
    assert tree.more == 300


def test_a_crowd_does_not_take_the_room_of_its_neighbours():
    edges = {1: [(2, "implements"), (3, "implements")], 2: [(n, "implements") for n in range(10, 60)], 3: [(90, "guides")]}
    tree = grow(1, looking(edges), most=10)
    crowd, other = tree.branches
    assert [branch.key for branch in other.branches] == [90]
    assert (len(crowd.branches), crowd.more) == (7, 43)


def test_the_deepest_level_tells_how_much_follows():
    tree = grow(1, looking({1: [(2, "implements")], 2: [(3, "implements"), (4, "implements")]}), deepest=1)
    assert shape(tree) == ("1", ("2",))
    assert tree.branches[0].more == 2


@given(GRAPHS, st.integers(0, 20), st.integers(0, 6))
def test_any_graph_ends_within_its_limits_and_opens_nothing_twice(graph, most, deepest):
    look = looking(graph)
    tree = grow(0, look, most=most, deepest=deepest)
    places = list(tree.walk())
    assert len(places) <= most + 1
    assert len(look.asked) <= deepest + 1
    opened = Counter(branch.key for branch in places if branch.branches)
    assert all(times == 1 for times in opened.values())
    for branch in places:
        assert not (branch.again and branch.branches)
        if branch.branches:
            assert len(branch.branches) + branch.more == len(graph[branch.key])
        assert branch.more >= 0


@given(GRAPHS, GRAPHS)
def test_a_picture_has_every_document_and_no_two_boxes_overlap(above, below):
    up, down = grow(0, looking(above)), grow(0, looking(below))
    picture = draw(up, down)
    expected = Counter({branch.key for branch in up.walk()}) + Counter({branch.key for branch in down.walk()} - {0})
    assert Counter(box.key for box in picture.boxes) == expected
    boxes = sorted(picture.boxes, key=lambda box: (box.x, box.y))
    for at, one in enumerate(boxes):
        assert 0 <= one.x <= picture.width - WIDTH
        assert 0 <= one.y <= picture.height - HEIGHT
        for other in boxes[at + 1:]:
            assert one.x + WIDTH <= other.x or abs(one.y - other.y) >= HEIGHT, (one, other)


@pytest.mark.parametrize("count", [10, 60, 200])
def test_a_picture_of_many_documents_stays_within_two_screens_of_width(count):
    edges = {0: [(n, "implements") for n in range(1, count // 10 + 1)]}
    for n in range(1, count // 10 + 1):
        edges[n] = [(1000 * n + place, "implements") for place in range(9)]
    picture = draw(Branch(0), grow(0, looking(edges)))
    assert len(picture.boxes) == count + 1
    assert picture.width < 2000
    assert picture.width * picture.height < count * WIDTH * HEIGHT * 6
