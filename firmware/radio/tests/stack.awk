# Reads the call graphs that gcc -fcallgraph-info=su writes, and prints the deepest chain of calls from `root`. Fails when it is
# deeper than `max` bytes, or when the calls go in a circle, so that there is no deepest one.

function field(name) {
    return match($0, name ": \"[^\"]*\"") ? substr($0, RSTART + length(name) + 3, RLENGTH - length(name) - 4) : ""
}

/^node:/ {
    name = field("title")
    if (match($0, /[0-9]+ bytes/)) { # others are only called here
        own[name] = substr($0, RSTART, RLENGTH) + 0
    }
}

/^edge:/ {
    from = field("sourcename")
    callees[from] = callees[from] " " field("targetname")
}

function depth(name,    names, count, i, below, deepest) {
    if (entered[name]) {
        circular = name
        return 0
    }
    if (name in known) {
        return known[name]
    }
    entered[name] = 1
    count = split(callees[name], names, " ")
    for (i = 1; i <= count; i++) {
        below = depth(names[i])
        if (below > deepest) {
            deepest = below
            path[name] = names[i]
        }
    }
    entered[name] = 0
    return known[name] = own[name] + deepest
}

END {
    if (!(root in own)) {
        print "stack: no function " root
        exit 1
    }
    total = depth(root)
    for (name = root; name != ""; name = path[name]) {
        plain = name
        sub(/.*:/, "", plain)
        chain = chain (chain == "" ? "" : " > ") plain " " own[name] + 0
    }
    printf "stack: %d of %d bytes (%s)\n", total, max, chain
    if (circular != "") {
        print "the calls go in a circle at " circular
    }
    exit total > max || circular != ""
}
