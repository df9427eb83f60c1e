#include <asynchrormous/runtime/error.hpp>
#include <asynchrormous/runtime/stop.hpp>

#include <memory>
#include <optional>

namespace orm::inline v0 {

namespace {

// The request may come from any thread and while the operation ends: it is posted, and finds the watch gone
// then.
class stop_watch final : private waiter {
public:
    explicit stop_watch(intrusive_ptr<operation_state> what)
        : what_(std::move(what)), link_(std::make_shared<link>(this)) {}
    ~stop_watch() { link_->target = nullptr; }

    void begin(std::stop_token token) {
        what_->add_waiter(*this);
        callback_.emplace(std::move(token), request{&what_->loop(), link_});
    }

private:
    struct link {
        explicit link(stop_watch* to) : target(to) {}
        stop_watch* target;  // read and written on the loop's thread only
    };
    struct request {
        event_loop* loop;
        std::shared_ptr<link> to;
        void operator()() const {
            loop->post([to = to] {
                if (to->target) to->target->what_->cancel();
            });
        }
    };
    void wake() noexcept override { delete this; }

    intrusive_ptr<operation_state> what_;
    std::shared_ptr<link> link_;
    std::optional<std::stop_callback<request>> callback_{};
};

}  // namespace

namespace runtime_detail {

void cancel_on_stop(intrusive_ptr<operation_state> what, std::stop_token token) {
    if (what->ready()) return;
    if (token.stop_requested()) return what->cancel();
    (new stop_watch(std::move(what)))->begin(std::move(token));
}

}  // namespace runtime_detail

}  // namespace orm::inline v0
