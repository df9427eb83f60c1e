#include <asynchrormous/model/table_of.hpp>

#include <doctest/doctest.h>
#include <nlohmann/json.hpp>

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

namespace {

using orm::sql::type_kind;

enum class binding { hard, soft };

struct HTTPShelf {
    std::int64_t id = 0;
};

struct Times {
    orm::timestamptz created{};
    orm::timestamptz updated{};
};

struct Edition {
    std::string isbn{};
    std::string title{};
    int pages = 0;
    std::optional<orm::foreign_key<HTTPShelf>> shelf{};
    orm::embedded<Times> times{};
    binding bound{};
    std::vector<std::string> words{};
    nlohmann::json data{};
    std::optional<double> price{};

    static constexpr auto meta = orm::meta(
        orm::table("library_edition"), orm::column<&Edition::isbn>(orm::primary_key, orm::max_length(13)),
        orm::column<&Edition::title>(orm::db_index, orm::column_name("name")),
        orm::column<&Edition::pages>(orm::unique, orm::db_default("100")),
        orm::column<&Edition::shelf>(orm::on_delete::set_null),
        orm::column<&Times::created>(orm::db_default("now()")), orm::unique_together("title", "pages"),
        orm::index("bound", "shelf", "pages"));
};

constexpr const orm::sql::table& table = orm::table_of<Edition>();

constexpr const orm::sql::column& column(std::size_t i) { return table.columns[i]; }

static_assert(orm::model<Edition> && orm::model<HTTPShelf> && !orm::model<Times>);
static_assert(table.model == "Edition" && table.name == "library_edition");
static_assert(orm::table_of<HTTPShelf>().name == "http_shelf");
static_assert(orm::column_count<Edition> == 10 && table.columns.size() == 10);

// The primary key: chosen, or the integer `id`, which the database counts.
static_assert(table.primary_key == 0 && column(0).primary_key && !column(0).identity);
static_assert(orm::table_of<HTTPShelf>().key().identity);

// Types come from the members; a limited text is a varchar.
static_assert(column(0).type.kind == type_kind::varchar && column(0).max_length == 13);
static_assert(column(1).type.kind == type_kind::text && column(2).type.kind == type_kind::int4);
static_assert(column(3).type.kind == type_kind::int8 && column(3).nullable);
static_assert(column(7).type.kind == type_kind::text && column(7).type.array);
static_assert(column(8).type.kind == type_kind::jsonb && column(9).nullable);
static_assert(column(6).choices.size() == 2 && column(6).choices[1] == "soft");

// Names: a foreign key's column has its key in the name, a group's members stand for themselves.
static_assert(column(1).field == "title" && column(1).name == "name");
static_assert(column(3).field == "shelf" && column(3).name == "shelf_id");
static_assert(column(3).target == &orm::table_of<HTTPShelf>());
static_assert(column(4).field == "created" && column(5).name == "updated");

// Options.
static_assert(column(1).db_index && !column(1).unique && column(2).unique && column(2).db_default == "100");
static_assert(column(4).db_default == "now()" && column(3).on_delete == orm::sql::delete_rule::set_null);
static_assert(table.groups.size() == 2 && table.groups[0].unique && !table.groups[1].unique);
static_assert(table.groups[0].fields[1] == "pages" && table.groups[1].fields.size() == 3);
static_assert(table.ordering == nullptr);

// The C++ side.
static_assert(std::is_same_v<orm::column_type<Edition, 3>, std::optional<orm::foreign_key<HTTPShelf>>>);
static_assert(std::is_same_v<orm::column_type<Edition, 5>, orm::timestamptz>);
static_assert(orm::tables_of<HTTPShelf, Edition>()[1] == &table);

}  // namespace

TEST_CASE("with_columns reaches the members of embedded groups in the row itself") {
    Edition edition{.isbn = "9780141354910"};
    orm::with_columns(
        edition, [](auto&... columns) { static_assert(sizeof...(columns) == orm::column_count<Edition>); });
    static_cast<void>(orm::column_of<2>(edition) = 7);
    CHECK(edition.pages == 7);
    CHECK(&orm::column_of<5>(edition) == &edition.times.updated);
    CHECK(orm::key_of(edition) == "9780141354910");
}
