// What is started together leaves together, in plain code.
#include "library.hpp"
#include "server.hpp"

namespace {

void together() {
    // [together]
    auto authors = Author::objects.async().count();
    auto thick = Book::objects.async().filter("pages__gt"_k = 300).count();
    auto thickest = Book::objects.async().order_by<"-pages">().first();
    check(authors == 2 && thick == 3 && thickest->pages == 580);  // one wait, not three
    // [/together]
}

void alone(const std::string& url) {
    // [off]
    orm::database careful = orm::connect(url, {.share_sync = false});
    // [/off]
    check(Book::objects.using_(careful).count() == 5);
    careful.close().get();
}

}  // namespace

int main() {
    return run_example([](const std::string& url) {
        orm::database db = orm::connect(url);
        static_cast<void>(fill_library());
        together();
        alone(url);
    });
}
