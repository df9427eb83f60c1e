#include "documents.hpp"

#include <array>

namespace oracle {

// SQL NULL, the JSON null, documents without the key, with a null under it, and with values of all kinds.
void create_documents() {
    constexpr std::array texts{"null",
                               "{}",
                               R"({"k": null})",
                               R"({"k": "v"})",
                               R"({"k": "V"})",
                               R"({"k": 1})",
                               R"({"k": 1.0})",
                               R"({"k": 2})",
                               R"({"k": 10})",
                               R"({"k": true})",
                               R"({"k": false})",
                               R"({"k": [1, 2, "v"]})",
                               R"({"k": []})",
                               R"({"k": {"a": 1, "b": null}})",
                               R"({"k": {"a": 2, "c": [{"d": "deep"}]}})",
                               R"([])",
                               R"([1, 2, 3])",
                               R"(["a", "b", null])",
                               R"("text")",
                               "5",
                               "true",
                               R"({"other": "v", "k": "v"})",
                               R"({"k": "100%", "n": 3})",
                               R"({"k": "back\\slash", "n": null})",
                               R"({"k": "Übermut", "n": -1.5})",
                               R"({"": "empty", "0": "zero", "a b": 1})",
                               R"({"n": 7, "tags": ["x", "y"]})",
                               R"({"n": 3, "tags": ["y"], "owner": {"name": "Ann", "age": 30}})",
                               R"({"n": 12345678901, "owner": {"name": "Bob", "age": null}})",
                               R"({"owner": null, "tags": null})"};
    orm::create_tables<Document>().get();
    orm::atomic([&] {
        Document::objects.create({});
        std::int64_t before = 1;
        for (const char* text : texts) {
            Document made{.data = nlohmann::json::parse(text)};
            if (before % 3) made.parent = before;
            before = Document::objects.create(made).id;
        }
        Document::objects.create({});
    });
}

}  // namespace oracle
