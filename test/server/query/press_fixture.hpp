// The tables of press.hpp in a schema of their own.
#pragma once

#include "../../support/press.hpp"
#include "../support.hpp"

#include <asynchrormous/testing/captured_queries.hpp>

namespace test {

class press_fixture {
public:
    press_fixture() : db_(orm::connect(schema_.url())) {
        db_.make_current();
        orm::create_tables<press::Editor, press::Article, press::Strict, press::Page>().get();
        editor = press::Editor::objects.create({.name = "Ada"});
    }
    ~press_fixture() { db_.close().get(); }

    const orm::database& db() const { return db_; }

    press::Article article() const {
        return {.slug = "first", .title = "First", .words = 20, .editor = editor};
    }

    press::Editor editor{};

private:
    fresh_schema schema_{};
    orm::database db_;
};

using codes = std::vector<std::string>;

}  // namespace test
