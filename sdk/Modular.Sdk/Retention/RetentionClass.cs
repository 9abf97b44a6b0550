namespace Modular.Sdk;

/// <summary>
/// How long records of one kind are kept, from what event on and by which rule. When the time is over, the practice's disposal run proposes
/// them; two people decide, and the host deletes the rows in batches. It is declared as SQL so that records of a module that is off are kept
/// and disposed of too. <c>r</c> stands for the row.
/// </summary>
/// <param name="Id"><c>module.noun</c>, the id of the <see cref="RecordKind"/> where there is one; never renamed.</param>
/// <param name="Title">What they are called: <c>Requests for records</c>.</param>
/// <param name="Table">A table of the module's own schema, with a primary key <c>id</c> of the type uuid.</param>
/// <param name="Years">Whole years from the start event, 1 to 100.</param>
/// <param name="Citation">The rule: <c>45 CFR 164.530(j)(2)</c>.</param>
/// <param name="AsOf">The day on which somebody read the rule last.</param>
/// <example><code>
/// module.Kept(new("compliance.incident", "Incidents", "incidents", 6, "45 CFR 164.530(j)(2)", new(2026, 11, 30))
/// {
///     Begins = "Closing", Starts = "r.closed_on", Label = "r.number", Person = "r.reported_by",
/// })
/// </code></example>
public sealed record RetentionClass(string Id, string Title, string Table, int Years, string Citation, DateOnly AsOf)
{
    /// <summary>The start event in words: <c>Closing</c>.</summary>
    public required string Begins { get; init; }

    /// <summary>SQL of the date of the start event; null while it has not happened: the record is kept.</summary>
    public required string Starts { get; init; }

    /// <summary>SQL of the last day, where it is not <see cref="Years"/> after the start: a minor's record is kept longer.</summary>
    public string? Until { get; init; }

    /// <summary>SQL of what people read in the list to review; without a patient's name. The id when left out.</summary>
    public string Label { get; init; } = "r.id";

    /// <summary>SQL of the patient's id, so that a hold of the patient holds it.</summary>
    public string? Patient { get; init; }

    /// <summary>SQL of the id of a person who signs in, so that a hold of that person holds it.</summary>
    public string? Person { get; init; }

    /// <summary>SQL that leaves rows out for good.</summary>
    public string Where { get; init; } = "true";

    /// <summary>SQL of a join that the other parts need, for all rows at once.</summary>
    public string Join { get; init; } = "";

    /// <summary>The same join where few rows are judged again just before they go; <see cref="Join"/> when left out.</summary>
    public string? JoinOfFew { get; init; }

    /// <summary>
    /// The row is a patient: everything of the patient goes, from every table of every module, as <see cref="IPatientRecords.EraseAsync"/> does.
    /// </summary>
    public bool WholePatient { get; init; }
}

/// <summary>Records that have no time of their own: they go with what they belong to, or are kept as long as the practice exists.</summary>
/// <param name="Id"><c>module.noun</c>.</param>
/// <param name="Why">For whoever asks how long they are kept: <c>With the record of the patient</c>.</param>
public sealed record KeptOtherwise(string Id, string Title, string Why);
