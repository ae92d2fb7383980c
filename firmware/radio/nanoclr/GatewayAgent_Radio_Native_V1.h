// The native half of the managed assembly GatewayAgent.Radio.Native.V1, for any target of nf-interpreter.
#ifndef GATEWAYAGENT_RADIO_NATIVE_V1_H
#define GATEWAYAGENT_RADIO_NATIVE_V1_H

#include <nanoCLR_Interop.h>
#include <nanoCLR_Runtime.h>

extern const CLR_RT_NativeAssemblyData g_CLR_AssemblyNative_GatewayAgent_Radio_Native_V1;

#endif
