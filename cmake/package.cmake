# cpack -G DEB makes the packages of Debian from an install below /usr; ./dev package does so and
# examines them.
set(NB_EXACTLY "(= ${PROJECT_VERSION})")
set(CPACK_GENERATOR DEB)
set(NB_MAINTAINER "The nianbao authors <authors@nianbao.invalid>" CACHE STRING
    "Who answers for the packages, with an address")
set(CPACK_PACKAGE_CONTACT "${NB_MAINTAINER}")
set(CPACK_PACKAGING_INSTALL_PREFIX /usr)
set(CPACK_PACKAGE_DIRECTORY ${PROJECT_BINARY_DIR}/packages)
set(CPACK_STRIP_FILES ON)
set(CPACK_DEB_COMPONENT_INSTALL ON)
set(CPACK_COMPONENTS_ALL command library development data)
set(CPACK_COMPONENTS_GROUPING ONE_PER_GROUP)
set(CPACK_PRE_BUILD_SCRIPTS ${PROJECT_SOURCE_DIR}/cmake/debian/finish.cmake)
set(CPACK_NB_DEBIAN_DIR ${PROJECT_SOURCE_DIR}/cmake/debian)

set(CPACK_DEBIAN_PACKAGE_SOURCE nianbao)
set(CPACK_DEBIAN_FILE_NAME DEB-DEFAULT)
set(CPACK_DEBIAN_PACKAGE_SHLIBDEPS ON)
set(CPACK_DEBIAN_PACKAGE_SHLIBDEPS_PRIVATE_DIRS ${PROJECT_BINARY_DIR})
set(CPACK_DEBIAN_PACKAGE_CONTROL_STRICT_PERMISSION ON)

set(CPACK_DEBIAN_COMMAND_PACKAGE_NAME nianbao)
set(CPACK_DEBIAN_COMMAND_PACKAGE_SECTION text)
set(CPACK_DEBIAN_COMMAND_PACKAGE_DEPENDS "libnianbao${NB_SOVERSION} ${NB_EXACTLY}")
set(CPACK_DEBIAN_COMMAND_DESCRIPTION "typeset reports on government information disclosure
Makes the annual report of a Chinese agency on government information
disclosure from structured data: checks its sums, sets the pages as GB/T 9704
asks and writes PDF, DOCX, OFD and HTML. This package has the command.")

set(CPACK_DEBIAN_LIBRARY_PACKAGE_NAME libnianbao${NB_SOVERSION})
set(CPACK_DEBIAN_LIBRARY_PACKAGE_SECTION libs)
set(CPACK_DEBIAN_LIBRARY_PACKAGE_DEPENDS "nianbao-common (>= ${PROJECT_VERSION})")
foreach(file shlibs triggers)
    configure_file(cmake/debian/${file}.in debian/${file} @ONLY)
    list(APPEND CPACK_DEBIAN_LIBRARY_PACKAGE_CONTROL_EXTRA ${PROJECT_BINARY_DIR}/debian/${file})
endforeach()
# CPack writes scripts that call ldconfig, which the trigger does already, unless a package has scripts of
# its own. Named ones that are not there keep it from that, and it packs none.
list(APPEND CPACK_DEBIAN_LIBRARY_PACKAGE_CONTROL_EXTRA ${PROJECT_BINARY_DIR}/debian/postinst
    ${PROJECT_BINARY_DIR}/debian/postrm)
set(CPACK_DEBIAN_LIBRARY_DESCRIPTION "library that typesets reports on information disclosure
Checks and typesets the annual reports of Chinese agencies on government
information disclosure. This package has the shared library.")

set(CPACK_DEBIAN_DATA_PACKAGE_NAME nianbao-common)
set(CPACK_DEBIAN_DATA_PACKAGE_SECTION text)
set(CPACK_DEBIAN_DATA_PACKAGE_DEPENDS "poppler-data")
set(CPACK_DEBIAN_DATA_PACKAGE_RECOMMENDS "fonts-noto-cjk, fonts-arphic-gkai00mp, fonts-lxgw-wenkai, \
fonts-liberation2")
set(CPACK_DEBIAN_DATA_DESCRIPTION "forms, page styles and PDF reader of nianbao
Checks and typesets the annual reports of Chinese agencies on government
information disclosure. This package has what every version of the library
uses: the forms, the page styles, the list of fonts and the reader of PDFs.")

set(CPACK_DEBIAN_DEVELOPMENT_PACKAGE_NAME libnianbao-dev)
set(CPACK_DEBIAN_DEVELOPMENT_PACKAGE_SECTION libdevel)
# What the static library is linked with.
set(CPACK_DEBIAN_DEVELOPMENT_PACKAGE_DEPENDS "libnianbao${NB_SOVERSION} ${NB_EXACTLY}, libhpdf-dev, \
libcsv-dev, libharfbuzz-dev, libzip-dev, libxml2-dev, libjansson-dev, libfontconfig-dev, \
libdeflate-dev, libpng-dev, libpcre2-dev, nettle-dev, libmicrohttpd-dev")
set(CPACK_DEBIAN_DEVELOPMENT_DESCRIPTION "development files of the nianbao library
Checks and typesets the annual reports of Chinese agencies on government
information disclosure. This package has the header, the static library and
the files for pkg-config and CMake.")

include(CPack)
