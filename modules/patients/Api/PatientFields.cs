using System.ComponentModel;
using System.Runtime.CompilerServices;
using Modular.Patients.Charts;
using Modular.Patients.Registrations;
using Modular.Sdk;

namespace Modular.Patients.Api;

/// <summary>What a program says of a patient. Every field is read as the form reads it; what does not fit is refused with a sentence.</summary>
public abstract class PatientFields
{
    // By the name of the form's field. What was not sent is not in it: null empties a field, silence leaves it.
    private readonly Dictionary<string, string?> said = [];

    public string? LastName { get => Said(); init => Say(value); }
    public string? FirstName { get => Said(); init => Say(value); }
    public string? MiddleName { get => Said(); init => Say(value); }
    public string? PreferredName { get => Said(); init => Say(value); }
    public string? Suffix { get => Said(); init => Say(value); }

    [Description("2026-11-23, or as people type it.")]
    public string? BirthDate { get => Said(); init => Say(value); }

    [Description("F, M, X or U.")]
    public string? Sex { get => Said(); init => Say(value); }

    [Description("ISO 639-1; en when empty.")]
    public string? Language { get => Said(); init => Say(value); }

    [Description("spoken or sign; empty when none is needed.")]
    public string? Interpreter { get => Said(); init => Say(value); }
    public string? MobilePhone { get => Said(); init => Say(value); }
    public string? HomePhone { get => Said(); init => Say(value); }
    public string? WorkPhone { get => Said(); init => Say(value); }
    public string? Email { get => Said(); init => Say(value); }

    [Description("yes or no, for the mobile number. It is given for one number: a new number without an answer has none.")]
    public string? TextConsent { get => Said(); init => Say(value); }
    public string? Address { get => Said(); init => Say(value); }
    public string? Address2 { get => Said(); init => Say(value); }
    public string? City { get => Said(); init => Say(value); }

    [Description("Two letters.")]
    public string? State { get => Said(); init => Say(value); }
    public string? Zip { get => Said(); init => Say(value); }

    [Description("Further fields by the names that a patient's details have; null empties one, and what is left out stays.")]
    public IReadOnlyDictionary<string, string?>? Details { get; init; }

    /// <summary>Names among the details that no field has.</summary>
    internal IEnumerable<KeyValuePair<string, string>> Unknown => (Details ?? new Dictionary<string, string?>()).Keys
        .Except(Names)
        .Select(name => KeyValuePair.Create("details", $"There is no field {name}; there are {string.Join(", ", Names)}."));

    private static IEnumerable<string> Names => PatientField.ForPrograms.Select(f => f.Column);

    /// <summary>Writes what was sent into the form and leaves the rest of it.</summary>
    internal virtual PatientForm Fill(PatientForm form)
    {
        foreach (var (field, value) in said)
        {
            typeof(PatientForm).GetProperty(field)!.SetValue(form, value);
        }

        foreach (var field in PatientField.ForPrograms.Where(f => Details?.ContainsKey(f.Column) == true))
        {
            field[form] = Details![field.Column];
        }

        return form;
    }

    protected bool WasSaid(string field) => said.ContainsKey(field);

    protected string? Said([CallerMemberName] string field = "") => said.GetValueOrDefault(field);

    protected void Say(string? value, [CallerMemberName] string field = "") => said[field] = value;
}

/// <summary>Whom to register.</summary>
public sealed class NewPatient : PatientFields
{
    [Description("Another record looks like this person, and it is somebody else.")]
    public bool Anyway { get; init; }

    internal override PatientForm Fill(PatientForm form)
    {
        form.Anyway = Anyway;
        return base.Fill(form);
    }
}

/// <summary>What is different now: a field that is left out stays, one that is null is emptied.</summary>
public sealed class ChangedPatient : PatientFields
{
    [Description("2026-11-23, or as people type it.")]
    public string? DeceasedOn { get => Said(); init => Say(value); }

    internal override PatientForm Fill(PatientForm form)
    {
        var mobile = TypedPhone.Read(form.MobilePhone ?? "");
        base.Fill(form);
        if (!WasSaid(nameof(TextConsent)) && TypedPhone.Read(form.MobilePhone ?? "") != mobile)
        {
            form.TextConsent = null;
        }

        return form;
    }
}
