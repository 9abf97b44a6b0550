using Modular.Patients.Registrations;
using Modular.Sdk;

namespace Modular.Patients.AgreementForms;

/// <summary>A wording that patients sign. A new wording is a new edition, so that it is always known what was signed.</summary>
public sealed class AgreementForm : IVersioned
{
    public const string Npp = "npp";

    public Guid Id { get; init; } = Guid.CreateVersion7();
    public int Version { get; set; }
    public string Kind { get; set; } = "other";
    public string Title { get; set; } = "";

    /// <summary>What tells wordings apart: "2026-02".</summary>
    public string Edition { get; set; } = "";
    public DateOnly InUseFrom { get; set; }
    public DateOnly? InUseTo { get; set; }

    /// <summary>Signed again after so many months; null: once.</summary>
    public int? RenewMonths { get; set; }

    /// <summary>A patient without it is asked at check-in.</summary>
    public bool Required { get; set; }

    /// <summary>Of the wording, out of <see cref="Languages"/>.</summary>
    public string Language { get; set; } = "en";

    [NotLogged]
    public string? Body { get; set; }

    public bool InUseOn(DateOnly day) => InUseFrom <= day && (InUseTo is null || InUseTo >= day);

    public static IReadOnlyDictionary<string, string> Languages { get; } = new Dictionary<string, string> { ["en"] = "English", ["es"] = "Spanish" };

    public static IReadOnlyDictionary<string, string> Kinds { get; } = new Dictionary<string, string>
    {
        ["assignment"] = "Assignment of benefits", ["release"] = "Release of information", ["financial"] = "Financial policy",
        ["treatment"] = "Consent to treatment", ["telehealth"] = "Telehealth consent", [Npp] = "Notice of privacy practices", ["other"] = "Other",
    };
}

public sealed class AgreementFormForm : IEditForm<AgreementForm>
{
    public int Version { get; set; }
    public string? Kind { get; set; }
    public string? Title { get; set; }
    public string? Edition { get; set; }
    public string? InUseFrom { get; set; }
    public string? InUseTo { get; set; }
    public string? RenewMonths { get; set; }
    public bool Required { get; set; }
    public string? Language { get; set; } = "en";
    public string? Body { get; set; }

    public void Show(AgreementForm f) => (Language, Kind, Title, Edition, InUseFrom, InUseTo, RenewMonths, Required, Body) =
        (f.Language, f.Kind, f.Title, f.Edition, Said.ShortDay(f.InUseFrom), f.InUseTo is { } to ? Said.ShortDay(to) : null, f.RenewMonths?.ToString(), f.Required, f.Body);

    public void Write(AgreementForm f, Reading read)
    {
        f.Kind = read.OneOf(nameof(Kind), "Kind", Kind, AgreementForm.Kinds) ?? "other";
        f.Title = read.Required(nameof(Title), "Title", Title, 120);
        f.Edition = read.Required(nameof(Edition), "Edition", Edition, 30);
        f.InUseFrom = read.Near(nameof(InUseFrom), InUseFrom) ?? (f.InUseFrom == default ? read.Today : f.InUseFrom);
        f.InUseTo = read.Near(nameof(InUseTo), InUseTo);
        if (f.InUseTo < f.InUseFrom)
        {
            read.Refuse(nameof(InUseTo), "The last day is before the first.");
        }

        f.RenewMonths = Reading.Clean(RenewMonths) is null ? null : int.TryParse(RenewMonths, out var months) && months is >= 1 and <= 120 ? months : 0;
        if (f.RenewMonths == 0)
        {
            read.Refuse(nameof(RenewMonths), "Type the number of months, 1 to 120, or leave it empty.");
        }

        f.Required = Required;
        f.Language = read.OneOf(nameof(Language), "Language", Language, AgreementForm.Languages) ?? "en";
        f.Body = string.IsNullOrWhiteSpace(Body) ? null : Body.Trim();
        if (f.Body?.Length > 20000)
        {
            read.Refuse(nameof(Body), "At most 20,000 letters fit.");
        }
    }
}
