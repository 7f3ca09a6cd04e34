# What is installed where, in three components: the command, the library it runs with, and what
# programs are built with.
include(CMakePackageConfigHelpers)

list(JOIN NB_MODULES " " NB_MODULE_NAMES)
# What the static library is linked with, by name: by Requires.private, pkg-config --static would ask for
# all that static libraries of these needed in turn, which their packages do not bring.
list(TRANSFORM NB_LIBRARIES_LIBRARIES PREPEND "-l" OUTPUT_VARIABLE NB_PRIVATE_LIBRARIES)
list(JOIN NB_PRIVATE_LIBRARIES " " NB_PRIVATE_LIBRARIES)
configure_file(cmake/nianbao.pc.in nianbao.pc @ONLY)
set(NB_CONFIG_DIR ${CMAKE_INSTALL_LIBDIR}/cmake/nianbao)
configure_package_config_file(cmake/nianbaoConfig.cmake.in nianbaoConfig.cmake
    INSTALL_DESTINATION ${NB_CONFIG_DIR})
write_basic_package_version_file(nianbaoConfigVersion.cmake COMPATIBILITY SameMinorVersion)

install(TARGETS nianbao EXPORT nianbaoTargets
    LIBRARY DESTINATION ${CMAKE_INSTALL_LIBDIR} COMPONENT library NAMELINK_COMPONENT development
    FILE_SET HEADERS COMPONENT development)
install(TARGETS nianbao_static EXPORT nianbaoStaticTargets
    ARCHIVE DESTINATION ${CMAKE_INSTALL_LIBDIR} COMPONENT development
    FILE_SET HEADERS COMPONENT development)
install(EXPORT nianbaoTargets NAMESPACE nianbao:: DESTINATION ${NB_CONFIG_DIR} COMPONENT development)
install(EXPORT nianbaoStaticTargets NAMESPACE nianbao:: DESTINATION ${NB_CONFIG_DIR}
    COMPONENT development)
install(FILES ${PROJECT_BINARY_DIR}/nianbaoConfig.cmake
    ${PROJECT_BINARY_DIR}/nianbaoConfigVersion.cmake
    DESTINATION ${NB_CONFIG_DIR} COMPONENT development)
install(FILES ${PROJECT_BINARY_DIR}/nianbao.pc DESTINATION ${CMAKE_INSTALL_LIBDIR}/pkgconfig
    COMPONENT development)
install(FILES ${NB_MADE}/nianbao.3 DESTINATION ${CMAKE_INSTALL_MANDIR}/man3 COMPONENT development)

install(TARGETS nianbao_cli RUNTIME COMPONENT command)
install(FILES ${NB_MADE}/nianbao.1 DESTINATION ${CMAKE_INSTALL_MANDIR}/man1 COMPONENT command)
install(FILES ${NB_MADE}/zh_CN/nianbao.1 DESTINATION ${CMAKE_INSTALL_MANDIR}/zh_CN/man1
    COMPONENT command)
install(FILES ${NB_MADE}/nianbao.bash RENAME nianbao COMPONENT command
    DESTINATION ${CMAKE_INSTALL_DATADIR}/bash-completion/completions)
install(FILES ${NB_MADE}/_nianbao COMPONENT command
    DESTINATION ${CMAKE_INSTALL_DATADIR}/zsh/vendor-completions)
install(FILES ${NB_MADE}/nianbao.fish COMPONENT command
    DESTINATION ${CMAKE_INSTALL_DATADIR}/fish/vendor_completions.d)

# The library runs the reader of PDFs, and reads forms, styles and the manifest of fonts.
install(TARGETS nianbao_pdf_text RUNTIME DESTINATION ${CMAKE_INSTALL_LIBEXECDIR}/nianbao
    COMPONENT data)
install(DIRECTORY layouts DESTINATION ${CMAKE_INSTALL_DATADIR}/nianbao COMPONENT data)
install(FILES fonts/fonts.json DESTINATION ${CMAKE_INSTALL_DATADIR}/nianbao/fonts COMPONENT data)
