using Modular.Patients.AgreementForms;
using Modular.Patients.Registrations;
using Modular.Sdk;

namespace Modular.Patients.Agreements;

/// <summary>A patient's signature under a form, or the record that there is none and why.</summary>
public sealed class Agreement : IVersioned, IOfPatient
{
    public const string Signed = "signed";

    public Guid Id { get; init; } = Guid.CreateVersion7();
    public int Version { get; set; }
    public Guid PatientId { get; init; }
    public Guid FormId { get; set; }
    public AgreementForm? Form { get; set; }
    public string Outcome { get; set; } = Signed;
    public DateOnly SignedOn { get; set; }
    public string SignedBy { get; set; } = "";
    public string Relationship { get; set; } = "self";
    public DateOnly? ExpiresOn { get; set; }
    public Guid? DocumentId { get; set; }

    /// <summary>Signed on a screen: what exactly, and how.</summary>
    public Guid? SignatureId { get; set; }
    public string? Reason { get; set; }
    public DateOnly? RevokedOn { get; set; }
    public string TakenBy { get; set; } = "";

    Guid? IOfPatient.PatientId => PatientId;

    public bool HoldsOn(DateOnly day) => Outcome == Signed && SignedOn <= day && (ExpiresOn is null || ExpiresOn >= day) && (RevokedOn is null || RevokedOn > day);

    /// <summary>A notice that was offered and not signed for is done with; a policy that was declined is not.</summary>
    public bool SettlesOn(DateOnly day) => HoldsOn(day) || (Form?.Kind == AgreementForm.Npp && Outcome != Signed && SignedOn <= day);

    public static IReadOnlyDictionary<string, string> Outcomes { get; } = new Dictionary<string, string>
    {
        [Signed] = "Signed", ["declined"] = "Declined to sign", ["not-obtained"] = "Could not be obtained",
    };

    public static IReadOnlyDictionary<string, string> Signers { get; } = new Dictionary<string, string>
    {
        ["self"] = "The patient", ["parent"] = "Parent", ["guardian"] = "Legal guardian", ["power-of-attorney"] = "Power of attorney", ["representative"] = "Personal representative",
    };
}

/// <summary>A signature as taken down.</summary>
public sealed class SignForm : IEditForm<Agreement>
{
    public int Version { get; set; }
    public string? FormId { get; set; }
    public string? Outcome { get; set; } = Agreement.Signed;
    public string? SignedOn { get; set; }
    public string? SignedBy { get; set; }
    public string? Relationship { get; set; } = "self";
    public string? Reason { get; set; }
    public string? RevokedOn { get; set; }

    public void Show(Agreement a) => (FormId, Outcome, SignedOn, SignedBy, Relationship, Reason, RevokedOn) =
        (a.FormId.ToString(), a.Outcome, Said.ShortDay(a.SignedOn), a.SignedBy, a.Relationship, a.Reason, a.RevokedOn is { } day ? Said.ShortDay(day) : null);

    public void Write(Agreement a, Reading read)
    {
        a.FormId = Guid.TryParse(FormId, out var form) ? form : default;
        a.Outcome = read.OneOf(nameof(Outcome), "Outcome", Outcome, Agreement.Outcomes) ?? Agreement.Signed;
        a.SignedOn = read.Past(nameof(SignedOn), "Date", SignedOn) ?? read.Today;
        a.SignedBy = read.Required(nameof(SignedBy), "Name of who signed", SignedBy, 120);
        a.Relationship = read.OneOf(nameof(Relationship), "Signed by", Relationship, Agreement.Signers) ?? "self";
        a.Reason = read.Text(nameof(Reason), "Reason", Reason, 300);
        a.RevokedOn = read.Past(nameof(RevokedOn), "Revoked on", RevokedOn);
        if (a.Outcome != Agreement.Signed && a.Reason is null)
        {
            read.Refuse(nameof(Reason), "Say what was tried and why there is no signature; the rule asks for a record of the good-faith try.");
        }

        if (a.RevokedOn < a.SignedOn)
        {
            read.Refuse(nameof(RevokedOn), "It cannot be revoked before it was signed.");
        }
    }
}
