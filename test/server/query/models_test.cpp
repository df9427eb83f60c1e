// Every kind of member that a model may have, written and read back through the server.
#include "fixture.hpp"

#include <limits>

using namespace orm::literals;
using test::fresh_schema;
using test::plain_connection;
using test::strings;

namespace {

enum class mood : std::int16_t { calm = 3, wild = -1 };

struct Position {
    double x = 0;
    std::optional<float> y{};
};

struct Everything {
    std::int64_t id = 0;
    bool flag = false;
    std::int16_t small = 0;
    std::int32_t medium = 0;
    std::int64_t large = 0;
    float ratio = 0;
    std::string text{};
    orm::bytes raw{};
    orm::uuid identity{};
    orm::date day{};
    orm::timestamp local{};
    orm::timestamptz instant{};
    nlohmann::json details{};
    mood state = mood::calm;
    std::vector<int> numbers{};
    std::vector<std::string> words{};
    std::vector<mood> moods{};
    std::vector<orm::uuid> identities{};
    std::optional<std::vector<orm::date>> days{};
    std::optional<mood> other_state{};
    std::optional<orm::bytes> other_raw{};
    std::optional<orm::timestamptz> other_instant{};
    std::optional<nlohmann::json> other_details{};
    orm::embedded<Position> at{};

    static constexpr auto meta =
        orm::meta(orm::column<&Everything::medium>(orm::column_name("middle"), orm::db_index),
                  orm::column<&Everything::text>(orm::unique), orm::index("flag", "small"));
    static constexpr orm::manager<Everything> objects{};
};

struct Node {
    std::string name{};
    std::optional<orm::foreign_key<Node, std::string>> parent{};

    static constexpr auto meta = orm::meta(orm::column<&Node::name>(orm::primary_key));
    static constexpr orm::manager<Node> objects{};
};

// A key that is a foreign key: one to one.
struct Label {
    orm::foreign_key<Node, std::string> node{};
    std::string text{};

    static constexpr auto meta =
        orm::meta(orm::column<&Label::node>(orm::primary_key), orm::ordering("-node", "text"));
    static constexpr orm::manager<Label> objects{};
};

// clang-format off
struct Wide {
    std::int64_t id = 0;
    int c1 = 1, c2 = 2, c3 = 3, c4 = 4, c5 = 5, c6 = 6, c7 = 7, c8 = 8, c9 = 9, c10 = 10, c11 = 11, c12 = 12, c13 = 13,
        c14 = 14, c15 = 15, c16 = 16, c17 = 17, c18 = 18, c19 = 19, c20 = 20, c21 = 21, c22 = 22, c23 = 23, c24 = 24,
        c25 = 25, c26 = 26, c27 = 27, c28 = 28, c29 = 29, c30 = 30, c31 = 31, c32 = 32, c33 = 33, c34 = 34, c35 = 35,
        c36 = 36, c37 = 37, c38 = 38, c39 = 39, c40 = 40, c41 = 41, c42 = 42, c43 = 43, c44 = 44, c45 = 45, c46 = 46,
        c47 = 47, c48 = 48, c49 = 49, c50 = 50, c51 = 51, c52 = 52, c53 = 53, c54 = 54, c55 = 55, c56 = 56, c57 = 57,
        c58 = 58, c59 = 59, c60 = 60, c61 = 61, c62 = 62, c63 = 63;

    static constexpr orm::manager<Wide> objects{};
};
// clang-format on

template <class... Models>
class tables_of {
public:
    tables_of() : db_(orm::connect(schema_.url())) {
        db_.make_current();
        orm::create_tables<Models...>().get();
    }
    ~tables_of() { db_.close().get(); }

    plain_connection plain() const { return plain_connection(schema_.url()); }

private:
    fresh_schema schema_{};
    orm::database db_;
};

using everything = tables_of<Everything>;
using nodes = tables_of<Label, Node>;
using wide = tables_of<Wide>;

Everything sample() {
    Everything row{.flag = true,
                   .small = std::numeric_limits<std::int16_t>::min(),
                   .medium = std::numeric_limits<std::int32_t>::max(),
                   .large = std::numeric_limits<std::int64_t>::min(),
                   .ratio = 0.1F,
                   .text = "Łem \n' \\ \"",
                   .raw = {std::byte{0}, std::byte{255}},
                   .identity = orm::uuid::random(),
                   .day = orm::date(2024, 2, 29),
                   .local = orm::timestamp(std::chrono::local_days(std::chrono::days(1))),
                   .instant = orm::timestamptz::infinity(),
                   .details = {{"a", {1, nullptr, "x"}}},
                   .state = mood::wild,
                   .numbers = {1, -2},
                   .words = {"", "a,b", "NULL"},
                   .moods = {mood::wild, mood::calm},
                   .identities = {orm::uuid::random()},
                   .at = Position{.x = 1.5, .y = 2.5F}};
    return row;
}

}  // namespace

TEST_CASE_FIXTURE(everything, "a row of every kind of column comes back as it was written") {
    const Everything written = Everything::objects.create(sample());
    const Everything read = Everything::objects.get("pk"_k = written.id);
    const Everything expected = sample();
    CHECK(read.flag);
    CHECK(read.small == expected.small);
    CHECK(read.medium == expected.medium);
    CHECK(read.large == expected.large);
    CHECK(read.ratio == expected.ratio);
    CHECK(read.text == expected.text);
    CHECK(read.raw == expected.raw);
    CHECK(read.identity == written.identity);
    CHECK(read.day == expected.day);
    CHECK(read.local == expected.local);
    CHECK(read.instant == expected.instant);
    CHECK(read.details == expected.details);
    CHECK(read.state == mood::wild);
    CHECK(read.numbers == expected.numbers);
    CHECK(read.words == expected.words);
    CHECK(read.moods == expected.moods);
    CHECK(read.identities == written.identities);
    CHECK_FALSE(read.days.has_value());
    CHECK_FALSE(read.other_state.has_value());
    CHECK_FALSE(read.other_raw.has_value());
    CHECK(read.at.x == 1.5);
    CHECK(read.at.y == 2.5F);
}

TEST_CASE_FIXTURE(everything, "columns of every kind can be looked up, updated and selected") {
    const Everything row = Everything::objects.create(sample());
    const auto found = [](auto term) { return Everything::objects.filter(term).exists(); };
    CHECK(found("raw"_k = row.raw));
    CHECK(found("identity"_k = row.identity));
    CHECK(found("identity__in"_k = std::vector{row.identity, orm::uuid()}));
    CHECK(found("instant__gt"_k = orm::timestamptz()));
    CHECK(found("local__date"_k = orm::date(1970, 1, 2)));
    CHECK(found("details"_k = row.details));
    CHECK(found("state"_k = mood::wild));
    CHECK(found("state__in"_k = std::vector{mood::wild}));
    CHECK(found("moods"_k = row.moods));
    CHECK(found("middle"_k = row.medium) == found("medium"_k = row.medium));
    CHECK(found("y__range"_k = std::pair(2, 3.5)));
    CHECK(Everything::objects.update("other_state"_k = mood::calm, "days"_k = std::vector{row.day},
                                     "other_details"_k = nlohmann::json(nullptr),
                                     "raw"_k = orm::bytes{std::byte{7}}, "x"_k = -1) == 1);
    const auto [state, days, details, raw, x] =
        Everything::objects.values_list<"other_state", "days", "other_details", "raw", "x">().get();
    CHECK(state == mood::calm);
    CHECK(days->front() == row.day);
    CHECK(details == nlohmann::json(nullptr));
    CHECK(raw == orm::bytes{std::byte{7}});
    CHECK(x == -1);
}

TEST_CASE_FIXTURE(everything,
                  "an enumeration is text by its enumerators' names, and the database checks it") {
    Everything::objects.create(sample());
    CHECK(plain().value("SELECT state FROM everything") == "wild");
    CHECK_THROWS_WITH(plain().exec("UPDATE everything SET state = 'angry'"),
                      doctest::Contains("everything_state_check"));
    CHECK_THROWS_WITH(plain().exec("UPDATE everything SET other_state = 'angry'"),
                      doctest::Contains("everything_other_state_check"));
    plain().exec(
        "ALTER TABLE everything DROP CONSTRAINT everything_state_check; "
        "UPDATE everything SET state = 'angry'");
    CHECK_THROWS_WITH_AS(static_cast<void>(Everything::objects.get()), doctest::Contains("angry"),
                         orm::decode_error);
    CHECK_THROWS_WITH_AS(static_cast<void>(Everything::objects.get()), doctest::Contains("state"),
                         orm::decode_error);
    CHECK(Everything::objects.count() == 1);  // the connection is none the worse
}

TEST_CASE_FIXTURE(everything, "raw SQL binds values of each kind, and NULL") {
    const Everything row = Everything::objects.create(sample());
    const auto found = [](std::string condition, const auto& value) {
        return Everything::objects.raw("SELECT * FROM everything WHERE " + condition, value).size();
    };
    CHECK(found("flag = $1", true) == 1);
    CHECK(found("small = $1", row.small) == 1);
    CHECK(found("id = $1", static_cast<long long>(row.id)) == 1);
    CHECK(found("id = $1", static_cast<unsigned>(row.id)) == 1);
    CHECK(found("ratio = $1", row.ratio) == 1);
    CHECK(found("text = $1", row.text) == 1);
    CHECK(found("text = $1", std::string_view("nothing")) == 0);
    CHECK(found("raw = $1", row.raw) == 1);
    CHECK(found("identity = $1", row.identity) == 1);
    CHECK(found("day = $1", row.day) == 1);
    CHECK(found("local = $1", row.local) == 1);
    CHECK(found("instant = $1", row.instant) == 1);
    CHECK(found("details = $1", row.details) == 1);
    CHECK(found("state = $1", mood::wild) == 1);
    CHECK(found("numbers = $1", row.numbers) == 1);
    CHECK(found("id = ANY($1)", std::vector{row.id}) == 1);
    CHECK(found("other_state IS NOT DISTINCT FROM $1", std::optional<mood>()) == 1);
    CHECK(found("days IS NOT DISTINCT FROM $1", std::optional<std::vector<orm::date>>()) == 1);
    CHECK(found("y = $1", std::optional<float>(2.5F)) == 1);
    CHECK_THROWS_WITH_AS(found("id = $1", std::numeric_limits<std::uint64_t>::max()),
                         doctest::Contains("bigint"), orm::query_error);
}

TEST_CASE_FIXTURE(everything, "unique, index and column name of meta reach the database") {
    Everything::objects.create(sample());
    CHECK_THROWS_AS(Everything::objects.create(sample()), orm::unique_violation);
    CHECK(plain().value("SELECT middle FROM everything") == "2147483647");
    const std::string indexes =
        "SELECT count(*) FROM pg_indexes WHERE tablename = 'everything' "
        "AND schemaname = current_schema() AND indexname = ";
    CHECK(plain().value(indexes + "'everything_middle_idx'") == "1");
    CHECK(plain().value(indexes + "'everything_flag_small_idx'") == "1");
}

TEST_CASE_FIXTURE(nodes, "natural keys that refer to their own table, and keys that are references") {
    const Node root = Node::objects.create({.name = "root"});
    const Node leaf = Node::objects.create({.name = "leaf", .parent = root});
    Node::objects.create({.name = "bud", .parent = "leaf"});
    Label::objects.create({.node = leaf, .text = "green"});
    Label::objects.create({.node = root, .text = "brown"});
    CHECK(Node::objects.get("parent__parent__name"_k = "root").name == "bud");
    CHECK(Node::objects.filter("parent"_k = root).count() == 1);
    CHECK(Node::objects.filter("parent__in"_k = std::vector<std::string>{"root", "leaf"}).count() == 2);
    CHECK(Node::objects.exclude("parent__parent"_k = "root").count() == 2);
    CHECK(Label::objects.get("pk"_k = "leaf").text == "green");
    CHECK(Label::objects.get("node__parent__name"_k = "root").text == "green");
    CHECK(Label::objects.first()->text == "brown");  // by node, descending
    const Label saved = Label::objects.save({.node = leaf, .text = "red"});
    CHECK(saved.text == "red");
    CHECK(Label::objects.values_list<"text">().rows() == strings{"brown", "red"});
    CHECK(Label::objects.values_list<"node__parent">().rows() ==
          std::vector<std::optional<std::string>>{std::nullopt, "root"});
}

TEST_CASE_FIXTURE(nodes,
                  "a reference that was not set is an error that names it, by the database where it may be") {
    CHECK_THROWS_WITH_AS(Label::objects.create({.text = "lost"}), doctest::Contains("label_node_id_fkey"),
                         orm::foreign_key_violation);
}

TEST_CASE_FIXTURE(wide, "a model of 64 members") {
    const Wide row = Wide::objects.create({.c63 = 100});
    CHECK(Wide::objects.get("c63__gt"_k = row.c62).c1 == 1);
    CHECK(Wide::objects.filter("c31"_k = 31, "c32"_k = 32).count() == 1);
}
