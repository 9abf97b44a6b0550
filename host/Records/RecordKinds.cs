using Modular.Host.Installed;
using Modular.Host.PatientAccess;
using Modular.Host.Practices;
using Modular.Sdk;

namespace Modular.Host.Records;

/// <summary>A record as whoever asks may see it, with its kind.</summary>
public sealed record SeenRecord(RecordKind Kind, KnownRecord Row)
{
    public bool MayChange(Actor actor) => Row.MayChange && actor.Can(Kind.Change);
}

/// <summary>
/// Records of modules by kind and id. Each is looked up in its module at every access: permission, location and the patient's chart are
/// judged there, and nothing that hangs on a record is seen by whoever does not see the record.
/// </summary>
public sealed class RecordKinds(IServiceProvider services, InstalledModules modules, ScopeContext scope, AccessLog log)
{
    /// <summary>All kinds of modules that are on here.</summary>
    public IEnumerable<RecordKind> All => Owned().Select(o => o.Kind);

    /// <summary>The kind, when it is declared, on here and may be seen by whoever asks; null otherwise, which looks the same.</summary>
    public RecordKind? Find(string kind) => All.FirstOrDefault(k => k.Id == kind && scope.Actor.Can(k.See));

    /// <summary>
    /// The record, and the note in the access log that its patient was seen. The question why comes first where the chart is shut; null when the
    /// record is not there for whoever asks.
    /// </summary>
    /// <param name="what">What is shown, for the log: "files of a referral".</param>
    public async Task<SeenRecord?> OpenAsync(string kind, Guid id, string what, CancellationToken ct)
    {
        if (Find(kind) is not { } known)
        {
            return null;
        }

        var db = Db(known);
        if (await known.FindAsync(db, id, ct) is { } row)
        {
            return Noted(known, row, what);
        }

        if (await known.PatientOfAsync(db, id, ct) is { } patient)
        {
            log.Viewed(patient, what); // it is there, and the chart is shut: this asks why
        }

        return null;
    }

    /// <summary>The record that a part of a page is about: the row that the page has read, or else looked up by its id.</summary>
    /// <exception cref="InvalidOperationException">The kind is not declared, or not of a module that is on: a mistake of the page.</exception>
    public Task<SeenRecord?> OfPageAsync(RecordKind kind, Guid? id, IVersioned? row, string what, CancellationToken ct) =>
        All.All(k => k.Id != kind.Id) ? throw new InvalidOperationException($"No running module declared the kind of record {kind.Id}.")
        : row is null ? OpenAsync(kind.Id, id ?? Guid.Empty, what, ct)
        : Task.FromResult(scope.Actor.Can(kind.See) ? Noted(kind, kind.Of(row), what) : null);

    /// <summary>What hangs on a page about a patient is one look with it.</summary>
    private SeenRecord Noted(RecordKind kind, KnownRecord row, string what)
    {
        if (row.PatientId is { } patient && !log.HasSeen(patient))
        {
            log.Viewed(patient, what);
        }

        return new(kind, row);
    }

    private ModuleDb Db(RecordKind kind) =>
        (ModuleDb)services.GetRequiredService(Owned().First(o => o.Kind == kind).Module.Declared.Databases.Single());

    private IEnumerable<(LoadedModule Module, RecordKind Kind)> Owned() =>
        modules.Running.Where(m => scope.Practice.IsOn(m.Id)).SelectMany(m => m.Declared.Records.Select(kind => (m, kind)));
}
