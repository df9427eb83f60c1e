// A proxy between the driver and the server that cuts, stalls and rewrites. On threads of its own, so that it
// goes on while the loop under test is stuck, which is what it looks for.
#pragma once

#include <arpa/inet.h>
#include <poll.h>
#include <sys/socket.h>
#include <sys/un.h>
#include <unistd.h>

#include <array>
#include <atomic>
#include <cstring>
#include <mutex>
#include <string>
#include <string_view>
#include <thread>
#include <utility>
#include <vector>

namespace test {

class chaos_proxy {
public:
    static constexpr long unlimited = 1L << 60;

    std::atomic<long> bytes_to_client = unlimited;  // of each new connection, which is cut then
    std::atomic<long> bytes_to_server = unlimited;
    std::atomic<bool> stalled = false;   // nothing passes, nothing is closed
    std::atomic<bool> refusing = false;  // new connections are closed at once
    std::atomic<int> round_trips = 0;    // how often a client sent something after the server had answered

    explicit chaos_proxy(std::string server_socket) : target_(std::move(server_socket)) {
        listener_ = ::socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0);
        sockaddr_in here{};
        here.sin_family = AF_INET;
        here.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
        socklen_t size = sizeof here;
        if (::bind(listener_, reinterpret_cast<sockaddr*>(&here), size) != 0) std::terminate();
        ::listen(listener_, 64);
        ::getsockname(listener_, reinterpret_cast<sockaddr*>(&here), &size);
        port_ = ntohs(here.sin_port);
        acceptor_ = std::thread([this] { accept_all(); });
    }
    chaos_proxy(const chaos_proxy&) = delete;
    chaos_proxy& operator=(const chaos_proxy&) = delete;
    ~chaos_proxy() {
        stopping_ = true;
        acceptor_.join();
        for (auto& one : connections_) one.join();
        ::close(listener_);
    }

    int port() const noexcept { return port_; }

    // From now on the client's bytes `from` arrive as `to`. Requires: the same length.
    void rewrite(std::string from, std::string to) {
        const std::lock_guard lock(guard_);
        from_ = std::move(from);
        to_ = std::move(to);
    }
    // Cuts every connection that stands.
    void cut_all() { ++generation_; }

private:
    void accept_all() {
        while (!stopping_) {
            pollfd ready{listener_, POLLIN, 0};
            if (::poll(&ready, 1, 10) <= 0) continue;
            const int client = ::accept4(listener_, nullptr, nullptr, SOCK_CLOEXEC);
            if (client < 0) continue;
            if (refusing) {
                ::close(client);
                continue;
            }
            connections_.emplace_back([this, client] { serve(client); });
        }
    }

    int dial() const {
        const int server = ::socket(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC, 0);
        sockaddr_un there{};
        there.sun_family = AF_UNIX;
        std::strncpy(there.sun_path, target_.c_str(), sizeof there.sun_path - 1);
        if (::connect(server, reinterpret_cast<sockaddr*>(&there), sizeof there) == 0) return server;
        ::close(server);
        return -1;
    }

    void serve(int client) {
        const int born = generation_;
        const int server = dial();
        long to_client = bytes_to_client;
        long to_server = bytes_to_server;
        bool answered = true;
        while (server >= 0 && !stopping_ && generation_ == born) {
            std::array<pollfd, 2> ready{{{client, POLLIN, 0}, {server, POLLIN, 0}}};
            if (stalled) {
                std::this_thread::sleep_for(std::chrono::milliseconds(5));
                continue;
            }
            if (::poll(ready.data(), 2, 10) <= 0) continue;
            if (ready[0].revents != 0) {
                round_trips += answered;
                answered = false;
                if (!pass(client, server, to_server, true)) break;
            }
            if (ready[1].revents != 0) {
                answered = true;
                if (!pass(server, client, to_client, false)) break;
            }
        }
        if (server >= 0) ::close(server);
        ::close(client);
    }

    bool pass(int from, int to, long& budget, bool from_client) {
        std::array<char, 4096> buffer{};
        const auto got = ::recv(from, buffer.data(), buffer.size(), MSG_DONTWAIT);
        if (got <= 0) return false;
        std::string bytes(buffer.data(), static_cast<std::size_t>(got));
        if (from_client) substitute(bytes);
        const bool last = static_cast<long>(bytes.size()) > budget;
        if (last) bytes.resize(static_cast<std::size_t>(budget));
        budget -= static_cast<long>(bytes.size());
        for (std::string_view left = bytes; !left.empty();) {
            const auto sent = ::send(to, left.data(), left.size(), MSG_NOSIGNAL);
            if (sent <= 0) return false;
            left.remove_prefix(static_cast<std::size_t>(sent));
        }
        return !last;
    }

    void substitute(std::string& bytes) {
        const std::lock_guard lock(guard_);
        if (from_.empty()) return;
        for (auto at = bytes.find(from_); at != std::string::npos;
             at = bytes.find(from_, at + from_.size())) {
            bytes.replace(at, from_.size(), to_);
        }
    }

    std::string target_;
    std::string from_{};
    std::string to_{};
    std::mutex guard_{};
    int listener_ = -1;
    int port_ = 0;
    std::atomic<int> generation_ = 0;
    std::atomic<bool> stopping_ = false;
    std::vector<std::thread> connections_{};
    std::thread acceptor_{};
};

}  // namespace test
