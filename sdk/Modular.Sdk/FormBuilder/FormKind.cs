namespace Modular.Sdk;

/// <summary>
/// A kind of form that a practice words itself in the form builder: registration updates, applications, rounds, surveys. Declared with
/// <see cref="ModuleBuilder.Form(FormKind)"/>; the host builds it, has it filled in, keeps what was answered and shows it for review.
/// </summary>
/// <param name="Id"><c>module.noun</c>, lower-case letters, digits and hyphens; never renamed.</param>
/// <param name="Title">What one is called: <c>Registration update</c>.</param>
/// <param name="Ask">The permission to fill one in for somebody, to hand it over and to make a link to it.</param>
/// <param name="Review">The permission to see what was answered, to take it over and to set it aside.</param>
/// <example><code>
/// public static readonly FormKind Update = new("patients.registration", "Registration update", PatientsPermissions.Edit, PatientsPermissions.Edit)
/// {
///     About = PatientsModule.PatientRecord, Role = Roles.FrontDesk, Fields = [new("email", "E-mail")],
/// };
/// </code></example>
public sealed record FormKind(string Id, string Title, string Ask, string Review)
{
    /// <summary>What it is about; null for a form about no record.</summary>
    public RecordKind? About { get; init; }

    /// <summary>Who may fill it in.</summary>
    public FormWays Ways { get; init; } = FormWays.Staff | FormWays.Tablet | FormWays.Link;

    /// <summary>Fields of the record that answers may be mapped to; they change it after a review alone.</summary>
    public IReadOnlyList<FormField> Fields { get; init; } = [];

    /// <summary>The role preset in whose inbox an answered form stands until somebody takes it; null: in no inbox before that.</summary>
    public string? Role { get; init; }

    /// <summary>How many days a link to it lasts, 1 to 365.</summary>
    public int LinkDays { get; init; } = 14;
}

/// <summary>Ways in which a form is filled in.</summary>
[Flags]
public enum FormWays
{
    /// <summary>By somebody of the staff on their own screen.</summary>
    Staff = 1,

    /// <summary>On a screen of the office that is handed over.</summary>
    Tablet = 2,

    /// <summary>By a single-use link, without an account.</summary>
    Link = 4,
}

/// <summary>A field of a record that an answer may be mapped to.</summary>
/// <param name="Name">As <see cref="IFormRecord"/> knows it: <c>mobile-phone</c>; never renamed.</param>
/// <param name="Title">What people call it: <c>Mobile phone</c>.</param>
public sealed record FormField(string Name, string Title)
{
    /// <summary>What it may hold, as stored and in words; null for a field of text. A question mapped to it offers these.</summary>
    public IReadOnlyDictionary<string, string>? Choices { get; init; }

    /// <summary>Its title in a form that begins with the fields of its kind, for whoever reads Spanish.</summary>
    public string? InSpanish { get; init; }

    /// <summary>The words of <see cref="Choices"/> in Spanish, by what is stored.</summary>
    public IReadOnlyDictionary<string, string>? ChoicesInSpanish { get; init; }

    /// <summary>An answer that only its writer types differently is no difference: reads it as it would be kept. As typed when left out.</summary>
    public Func<string, string?>? Read { get; init; }

    /// <summary>What is stored, as people read it: a phone number. As stored when left out.</summary>
    public Func<string, string?>? Show { get; init; }
}
