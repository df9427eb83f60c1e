// prefetch_related_objects(): the same for rows that the program has.
#include "prefetch_run.hpp"

#include <asynchrormous/query/eager_loading.hpp>

namespace orm::inline v0::query_detail {

namespace {

class object_loading final : public lazy_state<void>, public load_waiter {
public:
    object_loading(const route& where, const query_settings& settings, std::vector<load_node> wanted)
        : lazy_state<void>(where.loop()),
          wanted_(std::move(wanted)),
          run_(make_intrusive<prefetch_run>(where, settings, *this)) {}
    ~object_loading() override { run_->abandon(); }

    void start(std::vector<void*> rows) {
        if (run_->start(wanted_, std::move(rows))) succeed();
    }

    void loaded(std::exception_ptr error) noexcept override {
        if (error)
            fail(std::move(error));
        else
            succeed();
    }

private:
    void on_cancel() noexcept override { run_->abandon(); }

    const std::vector<load_node> wanted_;
    intrusive_ptr<prefetch_run> run_;
};

}  // namespace

lazy<void> prefetch_objects(const query_settings& settings, std::vector<void*> rows,
                            std::span<const wanted_path> paths, void (*enter)(const event_loop& loop)) {
    const route where = rows.empty() ? route::nowhere() : route::choose(settings);
    if (!rows.empty()) enter(where.loop());
    auto* loading = new object_loading(where, settings, tree_of({}, paths));
    lazy<void> answer{intrusive_ptr<lazy_state<void>>(loading)};
    loading->start(std::move(rows));
    return answer;
}

}  // namespace orm::inline v0::query_detail
