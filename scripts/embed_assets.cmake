# cmake -DASSETS=DIR -DOUTPUT=FILE.c -P embed_assets.cmake
# Writes the files of a folder into a C source: the table of src/serve/assets.h.
file(GLOB names RELATIVE "${ASSETS}" "${ASSETS}/*")
list(SORT names)
set(arrays "")
set(table "")
set(count 0)
foreach(name IN LISTS names)
    file(READ "${ASSETS}/${name}" hex HEX)
    file(SHA256 "${ASSETS}/${name}" digest)
    string(SUBSTRING "${digest}" 0 16 digest)
    string(REGEX REPLACE "(..)" "0x\\1," bytes "${hex}")
    string(REGEX REPLACE "(................................................................................)"
        "\\1\n" bytes "${bytes}")
    string(APPEND arrays "static const unsigned char asset_${count}[] = {\n${bytes}\n};\n")
    string(APPEND table
        "    { \"${name}\", asset_${count}, sizeof asset_${count}, \"\\\"${digest}\\\"\" },\n")
    math(EXPR count "${count} + 1")
endforeach()
file(WRITE "${OUTPUT}" "#include \"serve/assets.h\"\n\n${arrays}
const nb_asset nb_assets[] = {\n${table}};\nconst int nb_asset_count = ${count};\n")
