using Modular.Sdk;

namespace Modular.Host.Frame;

/// <summary>What the role presets are called; a practice's own role is called as it was named.</summary>
public static class RoleNames
{
    private static readonly Dictionary<string, string> Names = new()
    {
        [Roles.FrontDesk] = "Front desk",
        [Roles.Nurse] = "Nurse",
        [Roles.Provider] = "Provider",
        [Roles.Biller] = "Biller",
        [Roles.Manager] = "Manager",
        [Roles.Hr] = "HR",
        [Roles.Owner] = "Owner",
    };

    public static string Of(string role) => Names.GetValueOrDefault(role, role);
}
