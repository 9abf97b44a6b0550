namespace Modular.Sdk;

/// <summary>
/// Who acts in this request or message: a signed-in person, a program with a token, or the system on behalf of a module.
/// </summary>
public sealed class Actor
{
    public required string Name { get; init; }

    /// <summary>The person, also when a program acts for them; null for the system, for a program by itself and for nobody.</summary>
    public Guid? PersonId { get; init; }

    /// <summary>The program that calls the HTTP API with a token, for itself or for a person; null for a person at a page.</summary>
    public Guid? ProgramId { get; init; }

    /// <summary>Person or program, as logs and messages name who it was; null for the system and for nobody.</summary>
    public Guid? Id => PersonId ?? ProgramId;

    /// <summary>True for a message handler or job: it has its own module's rights and every location.</summary>
    public bool IsSystem { get; init; }

    public IReadOnlySet<string> Permissions { get; init; } = new HashSet<string>();

    /// <summary>Locations the person works at or the program may see; null means all of the practice.</summary>
    public IReadOnlyList<Guid>? Locations { get; init; }

    /// <summary>Role names the person holds, for a home page by role.</summary>
    public IReadOnlyList<string> Roles { get; init; } = [];

    /// <summary>True for a person alone: a program never opens a page, not even for the person behind it.</summary>
    public bool SignedIn => PersonId is not null && ProgramId is null;

    /// <summary>The module whose handler this is; null for a person and for the host.</summary>
    public string? Module { get; init; }

    public bool Can(string permission) => IsSystem
        ? Module is null || permission.StartsWith(Module + ".", StringComparison.Ordinal)
        : Permissions.Contains(permission);

    public static Actor Nobody { get; } = new() { Name = "nobody" };

    public static Actor System(string name) => new() { Name = name, IsSystem = true };
}

/// <summary>
/// Which rows this request or message may read. A <see cref="ModuleDb"/> is born with it, and filters every query by it:
/// lists, exports, search, slots and programs share the one filter.
/// </summary>
/// <param name="AllLocations">True when rows of every location may be read.</param>
/// <param name="Locations">The readable locations when <paramref name="AllLocations"/> is false.</param>
public sealed record DataScope(bool AllLocations, Guid[] Locations)
{
    public static DataScope Everything { get; } = new(true, []);

    /// <summary>Patients whose chart is shut to whoever asks: rows about them are in no query.</summary>
    public Guid[] ShutPatients { get; init; } = [];

    public static DataScope Of(Actor actor) =>
        actor.IsSystem || actor is { Id: not null, Locations: null } ? Everything : new(false, [.. actor.Locations ?? []]);

    public bool Sees(Guid location) => AllLocations || Locations.Contains(location);
}
