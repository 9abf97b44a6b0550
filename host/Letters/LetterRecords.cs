using Modular.Sdk;

namespace Modular.Host.Letters;

/// <summary>What letters may be about, as the modules find it: only what whoever asks may see.</summary>
public sealed class LetterRecords(IServiceProvider services, IPatientAccess patients, IAccessLog log, Actor actor)
{
    public bool May(LetterDeclaration letter) => letter is { Source: not null, Permission: { } permission } && actor.Can(permission);

    /// <summary>A few to look at a text with; none where the kind has no source or this person may not see its records.</summary>
    public async Task<IReadOnlyList<LetterRecord>> LatestAsync(LetterDeclaration letter, CancellationToken ct)
    {
        if (!May(letter))
        {
            return [];
        }

        var ids = await Source(letter).LatestAsync(ct);
        var found = await FindAsync(letter, ids, ct);
        log.Listed([.. found.Select(r => r.PatientId).OfType<Guid>().Distinct()], $"choice for the preview of {letter.Kind.Name}");
        return found;
    }

    /// <summary>In the order of the ids. What is not there, or about a patient whose chart is shut, is left out. Nothing is logged.</summary>
    public async Task<IReadOnlyList<LetterRecord>> FindAsync(LetterDeclaration letter, IReadOnlyList<Guid> ids, CancellationToken ct)
    {
        var found = (await Source(letter).FindAsync(ids, ct)).ToDictionary(r => r.Id);
        return [.. ids.Distinct().Select(id => found.GetValueOrDefault(id)).OfType<LetterRecord>()
            .Where(r => r.PatientId is not { } patient || !patients.IsShut(patient))];
    }

    /// <summary>One to look at, which is written to the access log.</summary>
    public async Task<LetterRecord?> OpenAsync(LetterDeclaration letter, Guid id, CancellationToken ct) =>
        May(letter) && await FindAsync(letter, [id], ct) is [var record]
        && (record.PatientId is not { } patient || patients.Open(patient, $"preview of {letter.Kind.Name}")) ? record : null;

    /// <summary>Made of what the fields say they look like.</summary>
    public static LetterRecord Example(LetterKind kind) => new(Guid.Empty, kind.Fields.ToDictionary(f => f.Name, Example));

    private static object? Example(LetterField field) => field.Type != LetterFieldType.List ? field.Example
        : Enumerable.Repeat<IReadOnlyDictionary<string, object?>>(field.Fields.ToDictionary(f => f.Name, f => f.Example), 2).ToList();

    private ILetterSource Source(LetterDeclaration letter) => (ILetterSource)services.GetRequiredService(letter.Source!);
}
