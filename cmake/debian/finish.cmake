# What Debian asks of every package, done to the staged files of each: copyright, changelog, and
# manual pages compressed without a time stamp.
set(packages command=${CPACK_DEBIAN_COMMAND_PACKAGE_NAME} library=${CPACK_DEBIAN_LIBRARY_PACKAGE_NAME}
    development=${CPACK_DEBIAN_DEVELOPMENT_PACKAGE_NAME} data=${CPACK_DEBIAN_DATA_PACKAGE_NAME})
foreach(pair IN LISTS packages)
    string(REGEX MATCH "^([^=]+)=(.+)$" matched ${pair})
    set(stage ${CPACK_TEMPORARY_DIRECTORY}/${CMAKE_MATCH_1}/usr)
    set(documents ${stage}/share/doc/${CMAKE_MATCH_2})
    file(COPY ${CPACK_NB_DEBIAN_DIR}/copyright ${CPACK_NB_DEBIAN_DIR}/changelog
        DESTINATION ${documents}
        FILE_PERMISSIONS OWNER_READ OWNER_WRITE GROUP_READ WORLD_READ
        DIRECTORY_PERMISSIONS OWNER_READ OWNER_WRITE OWNER_EXECUTE GROUP_READ GROUP_EXECUTE
            WORLD_READ WORLD_EXECUTE)
    file(GLOB_RECURSE pages ${stage}/share/man/*.1 ${stage}/share/man/*.3)
    foreach(file IN LISTS pages ITEMS ${documents}/changelog)
        execute_process(COMMAND gzip -9n ${file} COMMAND_ERROR_IS_FATAL ANY)
    endforeach()
endforeach()
