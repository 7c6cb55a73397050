# Makes one C++ file of the pages' style sheet, script and picture, and of the handbook:
# cmake -DFOLDER=… -DHANDBOOK=… -DOUTPUT=… -P embed.cmake
set(code "#include <string_view>\n\nnamespace horisont::web {\n\n")
foreach(name css js svg)
  file(READ ${FOLDER}/horisont.${name} content)
  string(APPEND code "extern const std::string_view horisont_${name};\nconst std::string_view horisont_${name} = R\"embedded(${content})embedded\";\n\n")
endforeach()
foreach(language sv en)
  file(READ ${HANDBOOK}/${language}.md content)
  string(APPEND code "extern const std::string_view handbook_${language};\nconst std::string_view handbook_${language} = R\"embedded(${content})embedded\";\n\n")
endforeach()
file(WRITE ${OUTPUT} "${code}}  // namespace horisont::web\n")
