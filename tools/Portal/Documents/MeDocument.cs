using GatewayAgent.Portal.Access;

namespace GatewayAgent.Portal.Documents;

/// <summary>Who asks.</summary>
/// <param name="Homes">Prefixes of the names of homes; absent = all.</param>
/// <param name="CanExport">CSV, Data Elements and evidence bundles.</param>
/// <param name="CanSeeCollector">What belongs to all tenants together.</param>
internal sealed record MeDocument(string Name, Access.Role Role, IReadOnlyList<string>? Homes, bool CanExport, bool CanSeeCollector)
{
    public static MeDocument Of(Grant grant) => new(grant.Name, grant.Role, grant.Homes, grant.Role >= Access.Role.Care, grant.SeesCollector);
}
