# Included by the checks that use a browser: sets NB_TOOLS, the folder of what npm installs, and CHROMIUM.
# NB_CHECK is the folder above it, CHROMIUM another browser than Debian's. Needs packages.sh.
# shellcheck shell=bash

install_browser_tools() {
    local packages=(html-validate@9.7.1 axe-core@4.14.1 playwright-core@1.60.0)
    NB_TOOLS=${NB_CHECK:-$HOME/.cache/nianbao-check}/html
    command -v npm >/dev/null || install_packages nodejs npm ca-certificates
    [ -n "${CHROMIUM:-}" ] || command -v chromium >/dev/null || install_packages chromium
    CHROMIUM=${CHROMIUM:-$(command -v chromium)}
    if [ "$(cat "$NB_TOOLS/installed" 2>/dev/null)" != "${packages[*]}" ]; then
        mkdir -p "$NB_TOOLS"
        npm install --prefix "$NB_TOOLS" --loglevel=error --no-fund --no-audit --ignore-scripts \
            --no-package-lock "${packages[@]}" >&2
        echo "${packages[*]}" >"$NB_TOOLS/installed"
    fi
    export NB_TOOLS CHROMIUM
}
