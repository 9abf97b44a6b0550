namespace Modular.Scheduling;

/// <summary>What somebody may do here: named once, for routes, navigation, messages and checks.</summary>
public static class SchedulingPermissions
{
    public const string Read = "scheduling.visit.read";
    public const string Book = "scheduling.visit.book";
    public const string CheckIn = "scheduling.visit.check-in";

    /// <summary>Over another visit or outside hours, with a reason.</summary>
    public const string Overbook = "scheduling.visit.overbook";

    /// <summary>Lists of visits, with their patients, as a file.</summary>
    public const string Export = "scheduling.visit.export";
    public const string Setup = "scheduling.setup.manage";
}
