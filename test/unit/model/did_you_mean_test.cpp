#include <asynchrormous/model/did_you_mean.hpp>

#include <doctest/doctest.h>

#include <string>

using orm::model_detail::distance;
using orm::model_detail::nearest_name;

TEST_CASE("distance counts insertions, deletions and replacements") {
    CHECK(distance("", "") == 0);
    CHECK(distance("title", "title") == 0);
    CHECK(distance("titel", "title") == 2);
    CHECK(distance("nam", "name") == 1);
    CHECK(distance("names", "name") == 1);
    CHECK(distance("", "name") == 4);
    CHECK(distance("kitten", "sitting") == 3);
}

TEST_CASE("names longer than any identifier are compared by their beginning") {
    CHECK(distance(std::string(200, 'a'), "a") == 63);
}

TEST_CASE("the nearest name is the first of the closest") {
    nearest_name nearest("titel");
    CHECK(nearest.best().empty());
    nearest.consider("pages");
    nearest.consider("title");
    nearest.consider("tilt");
    CHECK(nearest.best() == "title");
}
