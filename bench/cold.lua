-- Every request with a parameter that no page knows: such a page is not kept, so each is rendered.
local number = 0
request = function()
    number = number + 1
    return wrk.format(nil, wrk.path .. "?cold=" .. number)
end
