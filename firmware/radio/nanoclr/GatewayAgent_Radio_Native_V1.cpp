#include "GatewayAgent_Radio_Native_V1.h"

#include "radio_native.h"

namespace
{
// Runs what fills the caller's array. Its bytes stay where they are meanwhile: nothing below allocates or runs managed code,
// and nothing below keeps them.
HRESULT Fill(CLR_RT_StackFrame &stack, int (*fill)(uint8_t *bytes, int capacity))
{
    NANOCLR_HEADER();

    CLR_RT_HeapBlock_Array *array = stack.Arg0().DereferenceArray();
    FAULT_ON_NULL(array);
    stack.SetResult_I4(fill(array->GetFirstElement(), static_cast<int>(array->m_numOfElements)));

    NANOCLR_NOCLEANUP();
}

HRESULT GetCaps(CLR_RT_StackFrame &stack)
{
    return Fill(stack, radio_native_get_caps);
}

HRESULT GetLink(CLR_RT_StackFrame &stack)
{
    return Fill(stack, radio_native_get_link);
}

HRESULT GetStations(CLR_RT_StackFrame &stack)
{
    return Fill(stack, radio_native_get_stations);
}

HRESULT TakeChannels(CLR_RT_StackFrame &stack)
{
    return Fill(stack, radio_native_take_channels);
}

HRESULT GetTotals(CLR_RT_StackFrame &stack)
{
    return Fill(stack, radio_native_get_totals);
}

HRESULT GetHealth(CLR_RT_StackFrame &stack)
{
    return Fill(stack, radio_native_get_health);
}

HRESULT BeginDwell(CLR_RT_StackFrame &stack)
{
    stack.SetResult_I4(radio_native_begin_dwell(stack.Arg0().NumericByRef().s4, stack.Arg1().NumericByRef().s4));
    return S_OK;
}

HRESULT FeedWatchdog(CLR_RT_StackFrame &stack)
{
    stack.SetResult_I4(radio_native_feed_watchdog(stack.Arg0().NumericByRef().s4));
    return S_OK;
}
} // namespace

// By the index of the method in the managed assembly: the order of RadioNative.cs (`make contract` compares the two).
static const CLR_RT_MethodHandler method_lookup[] = {
    GetCaps,
    GetLink,
    GetStations,
    TakeChannels,
    GetTotals,
    GetHealth,
    BeginDwell,
    FeedWatchdog,
};

// The checksum is the metadata processor's, over the names of assembly, class and methods and the methods' types (`make contract`
// makes it again); where to read it: docs/custom-image.md. Name and checksum must be the managed assembly's, or no app that
// holds it starts. The version is AssemblyNativeVersion, for tools to show.
const CLR_RT_NativeAssemblyData g_CLR_AssemblyNative_GatewayAgent_Radio_Native_V1 = {
    "GatewayAgent.Radio.Native.V1",
    0xB8FE8B84,
    method_lookup,
    {1, 0, 0, 0},
};
