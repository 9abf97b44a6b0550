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

    /// <summary>Holds every permission of every enabled module.</summary>
    public const string Owner = "owner";

    public static IReadOnlyList<string> All { get; } = [FrontDesk, Nurse, Provider, Biller, Manager, Hr, Owner];

    /// <summary>Everybody who works with patients.</summary>
    public static string[] Clinic { get; } = [FrontDesk, Nurse, Provider, Biller, Manager];
}
