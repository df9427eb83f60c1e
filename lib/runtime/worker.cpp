#include "loop_internals.hpp"

#include <asynchrormous/runtime/worker.hpp>

#include <memory>
#include <utility>

namespace orm::inline v0 {

namespace {

// libuv holds it until the thread is done, on a borrowed loop perhaps after the event_loop.
struct job final : shutdown_listener {
    job(event_loop& of, callback<> on_thread, callback<> on_loop)
        : shutdown_listener(of), home(of), work(std::move(on_thread)), done(std::move(on_loop)) {
        uv.data = this;
    }

    static job& of(uv_work_t* raw) { return *static_cast<job*>(raw->data); }

    void finish() {
        if (abandoned) return;
        const tick scope(home);
        done();
    }
    void on_loop_shutdown() noexcept override {
        abandoned = true;
        const callback<> dropped = std::move(done);
        uv_cancel(reinterpret_cast<uv_req_t*>(&uv));
    }

    uv_work_t uv{};
    event_loop& home;
    callback<> work;
    callback<> done;
    bool abandoned = false;
};

}  // namespace

void run_on_worker(event_loop& loop, callback<> work, callback<> done) {
    auto queued = std::make_unique<job>(loop, std::move(work), std::move(done));
    check_uv(uv_queue_work(
                 uv_of(loop), &queued->uv, [](uv_work_t* raw) noexcept { job::of(raw).work(); },
                 [](uv_work_t* raw, int) noexcept {
                     const std::unique_ptr<job> self(&job::of(raw));
                     self->finish();
                 }),
             "queueing work for a thread");
    static_cast<void>(queued.release());
}

}  // namespace orm::inline v0
