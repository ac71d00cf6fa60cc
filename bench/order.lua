-- Customers, one connection and one thread each (wrk -t N -c N). Each looks at the list and a product, puts it
-- into the cart, goes to the checkout, sends the order, reads the code from the outbox, and confirms; then the
-- next customer comes. Any other answer than the expected one is an error.
--
--   ORDER_STEPS    add: only adds to the cart; order: whole orders; mix: 9 of 10 customers only look around
--   ORDER_OUTBOX   the file to which the server appends its SMS
--   ORDER_WAIT     milliseconds between two requests of a customer (mix)
--   ORDER_RUN      a number of this run, so that no two runs share phone numbers

local steps = os.getenv("ORDER_STEPS")
local pause = tonumber(os.getenv("ORDER_WAIT") or "0")

-- In wrk's own state: tells the threads apart, and adds up what they counted.
local threads = {}
function setup(thread)
    thread:set("customer", #threads)
    table.insert(threads, thread)
end

local form = { ["Content-Type"] = "application/x-www-form-urlencoded" }
local outbox, cookies, page, step, number, slugs, way, added

function init()
    orders, errors, first_error = 0, 0, ""
    math.randomseed(tonumber(os.getenv("ORDER_RUN")) * 1000 + customer)
    number, step, cookies = 0, 1, {}
    -- From its end, as it is now: older messages are of other runs.
    outbox = assert(io.open(os.getenv("ORDER_OUTBOX"), "r"))
    outbox:seek("end")
end

local function headers(more)
    local all = { Accept = "text/html", ["Sec-Fetch-Site"] = "same-origin", Host = wrk.headers.Host }
    local jar = {}
    for name, value in pairs(cookies) do
        table.insert(jar, name .. "=" .. value)
    end
    if #jar > 0 then
        all.Cookie = table.concat(jar, "; ")
    end
    for name, value in pairs(more or {}) do
        all[name] = value
    end
    return all
end

local function get(path)
    return wrk.format("GET", path, headers())
end

local function post(path, body)
    return wrk.format("POST", path, headers(form), body)
end

-- The value of the first field of this name.
local function field(name)
    return page.body:match('name="' .. name .. '"[^>]- value="([^"]*)"')
end

-- Only this customer's own messages: the number in them is its own.
local function code()
    for line in outbox:lines() do
        if line:find(page.phone, 1, true) then
            page.code = line:match("este (%d+)") or page.code
        end
    end
    return page.code
end

-- What a customer does: the request, what must come back, and what is kept of it.
local list = {
    status = 200,
    send = function() return get("/ro/produse") end,
    keep = function(body)
        slugs = {}
        for slug in body:gmatch('href="/ro/produse/([^"?]+)" class="card%-link"') do
            table.insert(slugs, slug)
        end
        return #slugs > 0
    end,
}
local product = {
    status = 200,
    send = function() return get("/ro/produse/" .. slugs[math.random(#slugs)]) end,
    keep = function(body)
        page.body = body
        page.product = field("product_id")
        return page.product
    end,
}
local add = {
    status = 303,
    send = function() return post("/fn/cart/add?page=/ro/cart", "product_id=" .. page.product .. "&quantity=1") end,
}
local cart = { status = 200, send = function() return get("/ro/cart") end }
local checkout = {
    status = 200,
    send = function() return get("/ro/checkout") end,
    keep = function(body)
        page.body = body
        page.key, page.total, page.place = field("key"), field("expected_total"), field("pickup_place")
        page.day = body:match('<option value="(%d%d%d%d%-%d%d%-%d%d)"')
        return page.key and page.total and page.place and page.day
    end,
}
local place = {
    status = 303,
    send = function()
        number = number + 1
        -- A number of its own for each order, by run, customer and order; 0720 to 0779 are numbers of mobiles.
        page.phone = string.format("07%d%03d%03d", 20 + os.getenv("ORDER_RUN") % 60, customer, number % 1000)
        local fields = "key=%s&expected_total=%s&name=Ana+Pop&phone=%s&delivery_type=pickup&pickup_place=%s&day=%s"
        return post("/fn/checkout/place?page=/ro/checkout",
            fields:format(page.key, page.total, page.phone, page.place, page.day))
    end,
    keep = function(_, location)
        page.order = location:match("/ro/orders/(%x+)/verify")
        return page.order
    end,
}
local verify = { status = 200, send = function() return get("/ro/orders/" .. page.order .. "/verify") end }
local confirm = {
    status = 303,
    send = function()
        local body = "order_id=" .. page.order .. "&code=" .. (code() or "")
        return post("/fn/orders/confirm?page=/ro/orders/" .. page.order .. "/verify", body)
    end,
    keep = function(_, location) return location:find("new=1", 1, true) end,
}
local thanks = {
    status = 200,
    send = function() return get("/ro/orders/" .. page.order .. "?new=1") end,
    keep = function(body)
        orders = orders + 1
        return body:find('data-testid="order-number"', 1, true)
    end,
}

local adding = { list, product, add }
local ordering = { list, product, add, cart, checkout, place, verify, confirm, thanks }
local looking = { list, product, list, product, product }

-- The next customer: without cookies, and on the way of the run.
local function come()
    step, cookies, page, added = 1, {}, {}, 0
    if steps == "add" then
        way = adding
    elseif steps == "mix" and math.random(10) > 1 then
        way = looking
    else
        way = ordering
    end
end

function delay()
    -- Spread, so that customers do not step in time.
    return pause > 0 and math.random(pause * 2) or 0
end

function request()
    if step == 1 then
        come()
    end
    return way[step].send()
end

function response(status, head, body)
    local now = way[step]
    for name, value in pairs(head) do
        if name:lower() == "set-cookie" then
            local key, content = value:match("^([^=]+)=([^;]*)")
            cookies[key] = content ~= "" and content or nil
        end
    end
    local location = head.location or head.Location or ""
    if status ~= now.status or (now.keep and not now.keep(body, location)) then
        errors = errors + 1
        if first_error == "" then
            first_error = string.format("step %d answered %d %s", step, status, location)
        end
        step = 1
    elseif step < #way then
        step = step + 1
    elseif steps == "add" and added < 200 then
        -- The cart is there: only the add is sent, until so much is in it that the next customer comes.
        added = added + 1
    else
        step = 1
    end
end

function done(summary, latency)
    local all_orders, all_errors, first = 0, 0, ""
    for _, thread in ipairs(threads) do
        all_orders, all_errors = all_orders + thread:get("orders"), all_errors + thread:get("errors")
        first = first ~= "" and first or thread:get("first_error")
    end
    local broken = summary.errors.connect + summary.errors.read + summary.errors.write + summary.errors.timeout
    local seconds = summary.duration / 1e6
    -- requests a second, orders a second, p50 and p99 in ms, errors
    print(string.format("FIGURES %.1f %.2f %.2f %.2f %d %s", summary.requests / seconds, all_orders / seconds,
        latency:percentile(50) / 1000, latency:percentile(99) / 1000, all_errors + broken, first))
end
