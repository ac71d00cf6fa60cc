-- Customers without patience, one for each connection: each adds a piece to a new cart, again and again, and
-- counts what was taken and what was refused in time.
--
--   OVERLOAD_PRODUCT   the id of the product

local product = os.getenv("OVERLOAD_PRODUCT")
local threads = {}
function setup(thread)
    table.insert(threads, thread)
end

function init()
    taken, refused, others = 0, 0, 0
    wrk.method = "POST"
    wrk.path = "/fn/cart/add?page=/ro/cart"
    wrk.body = "product_id=" .. product .. "&quantity=1"
    wrk.headers["Content-Type"] = "application/x-www-form-urlencoded"
    wrk.headers["Accept"] = "text/html"
    wrk.headers["Sec-Fetch-Site"] = "same-origin"
end

function response(status, headers)
    if status == 303 then
        taken = taken + 1
    elseif (status == 503 or status == 429) and (headers["retry-after"] or headers["Retry-After"]) then
        refused = refused + 1
    else
        others = others + 1
    end
end

function done(summary, latency)
    local all = { taken = 0, refused = 0, others = 0 }
    for _, thread in ipairs(threads) do
        for name in pairs(all) do
            all[name] = all[name] + thread:get(name)
        end
    end
    local seconds = summary.duration / 1e6
    local broken = summary.errors.connect + summary.errors.read + summary.errors.write + summary.errors.timeout
    -- taken and refused a second, p50 and p99 in ms, other answers, broken connections
    print(string.format("FIGURES %.0f %.0f %.1f %.1f %d %d", all.taken / seconds, all.refused / seconds,
        latency:percentile(50) / 1000, latency:percentile(99) / 1000, all.others, broken))
end
