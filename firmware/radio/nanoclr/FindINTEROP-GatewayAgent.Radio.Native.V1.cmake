# The native assembly GatewayAgent.Radio.Native.V1 in an nf-interpreter build for the ESP32 family. Expects the folders core,
# nanoclr and esp32 of firmware/radio in InteropAssemblies/GatewayAgent.Radio.Native.V1 (docs/custom-image.md).

set(_assembly GatewayAgent.Radio.Native.V1)
set(_base ${CMAKE_SOURCE_DIR}/InteropAssemblies/${_assembly})

# The headers of esp32 are its own: these folders become visible to the whole image.
list(APPEND ${_assembly}_INCLUDE_DIRS ${_base}/core ${_base}/nanoclr)

# The build looks into the sources for the checksum, so that file comes first.
file(GLOB _c_sources ${_base}/core/*.c ${_base}/nanoclr/*.c ${_base}/esp32/*.c)
list(APPEND ${_assembly}_SOURCES ${_base}/nanoclr/GatewayAgent_Radio_Native_V1.cpp ${_c_sources})

include(FindPackageHandleStandardArgs)

FIND_PACKAGE_HANDLE_STANDARD_ARGS(INTEROP-${_assembly} DEFAULT_MSG ${_assembly}_INCLUDE_DIRS ${_assembly}_SOURCES)
