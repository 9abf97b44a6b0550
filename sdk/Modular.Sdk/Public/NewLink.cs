namespace Modular.Sdk;

/// <summary>A link to be made.</summary>
/// <param name="Kind">Id of its <see cref="LinkKind"/>.</param>
/// <param name="SubjectId">The row it is about; its page finds it by <see cref="OpenedLink.SubjectId"/>.</param>
/// <param name="Recipient">Who gets it, 1 to 120 letters; logs name them as whoever opens it.</param>
public sealed record NewLink(string Kind, Guid SubjectId, string Recipient)
{
    /// <summary>Whom it is about; openings stand in the patient's access log.</summary>
    public Guid? PatientId { get; init; }

    /// <summary>Rows of this place alone are read on its page; null: only rows of no place.</summary>
    public Guid? LocationId { get; init; }

    /// <summary>The second fact: whoever opens the link types the patient's date of birth first, with five tries. Null asks for nothing.</summary>
    public DateOnly? BirthDate { get; init; }

    /// <summary>What its page is shown in, out of <see cref="PatientTexts.Languages"/>, until its reader chooses another.</summary>
    public string? Language { get; init; }

    /// <summary>Days until it ends, 1 to 365; null takes those of its kind.</summary>
    public int? Days { get; init; }
}

/// <summary>A link that was made. Its token is known here alone: what is stored is its digest.</summary>
public sealed record MadeLink(Guid Id, string Token);
