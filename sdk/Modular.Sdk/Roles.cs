namespace Modular.Sdk;

/// <summary>
/// The role presets that every practice has. A module grants its permissions to them and they follow the module's
/// declaration live; a custom role of a practice gains nothing silently.
/// </summary>
public static class Roles
{
    public const string FrontDesk = "front-desk";
    public const string Nurse = "nurse";
    public const string Provider = "provider";
    public const string Biller = "biller";
    public const string Manager = "manager";
    public const string Hr = "hr";

    /// <summary>Buys, stores and counts what the practice uses; looks after rooms and equipment.</summary>
    public const string Supplies = "supplies";

    /// <summary>Reaches out to people and to those who refer them.</summary>
    public const string Marketing = "marketing";

    /// <summary>Holds every permission of every enabled module.</summary>
    public const string Owner = "owner";

    public static IReadOnlyList<string> All { get; } = [FrontDesk, Nurse, Provider, Biller, Manager, Hr, Supplies, Marketing, Owner];

    /// <summary>Everybody who works with patients.</summary>
    public static string[] Clinic { get; } = [FrontDesk, Nurse, Provider, Biller, Manager];

    /// <summary>A preset as the office says it: <c>Roles.Title("front-desk")</c> is "Front desk". Any other role is called as it was named.</summary>
    public static string Title(string role) => role switch
    {
        FrontDesk => "Front desk",
        Nurse => "Nurse",
        Provider => "Provider",
        Biller => "Biller",
        Manager => "Manager",
        Hr => "HR",
        Supplies => "Supplies and facilities",
        Marketing => "Marketing",
        Owner => "Owner",
        _ => role,
    };
}
