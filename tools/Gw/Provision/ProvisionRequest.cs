using GatewayAgent.Provisioning.Batches;
using GatewayAgent.Provisioning.Kits;

namespace GatewayAgent.Gw.Provision;

/// <summary>What is to be provisioned, and where.</summary>
/// <param name="Folder">Of the kit.</param>
/// <param name="Kit">What is said of the kit.</param>
/// <param name="Defaults">What holds for all nodes, or for the one.</param>
/// <param name="Force">Write nodes anew that have other settings.</param>
internal sealed record ProvisionRequest(string Folder, KitRequest Kit, NodeDefaults Defaults, bool Force);
