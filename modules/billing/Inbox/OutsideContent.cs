using System.Security.Cryptography;
using System.Text.Json;
using Modular.Billing.Superbill;

namespace Modular.Billing.Inbox;

/// <summary>A service as another program charges it.</summary>
/// <param name="Pointers">Letters of the diagnoses; null: the first four.</param>
/// <param name="Price">US dollars a unit; null: the practice's schedule.</param>
public sealed record OutsideLine(
    string Code, IReadOnlyList<string> Modifiers, string? Pointers, decimal Units, decimal? Price = null, string? Ndc = null,
        decimal? NdcQuantity = null, string? NdcUnit = null);

/// <summary>What another program says was done for a patient, whatever way it came.</summary>
public sealed record OutsideContent
{
    /// <summary>The practice's own number of the patient.</summary>
    public string? PatientNumber { get; init; }
    public string? LastName { get; init; }
    public string? FirstName { get; init; }
    public DateOnly? BirthDate { get; init; }
    public DateOnly From { get; init; }
    public DateOnly? To { get; init; }

    /// <summary>NPI of who did it.</summary>
    public string? ProviderNpi { get; init; }

    /// <summary>Two digits; null: the office.</summary>
    public string? PlaceOfService { get; init; }
    public string? Facility { get; init; }
    public string? What { get; init; }
    public IReadOnlyList<string> Diagnoses { get; init; } = [];
    public IReadOnlyList<OutsideLine> Lines { get; init; } = [];

    public string Patient => $"{LastName ?? "?"}, {FirstName ?? "?"}{(PatientNumber is null ? "" : $" ({PatientNumber})")}";

    public string ToJson() => JsonSerializer.Serialize(this);

    public static OutsideContent FromJson(string json) => JsonSerializer.Deserialize<OutsideContent>(json)!;

    /// <summary>The same content has the same digest.</summary>
    public string Digest() => Convert.ToHexStringLower(SHA256.HashData(JsonSerializer.SerializeToUtf8Bytes(this)));

    /// <summary>As if a person had typed it: what the superbill refuses of a person it refuses of a program.</summary>
    public void Into(SuperbillForm form)
    {
        static string? Number(decimal? value) => value?.ToString("0.###", System.Globalization.CultureInfo.InvariantCulture);
        form.Diagnoses = [.. Diagnoses];
        form.Lines = [.. Lines.Select(l => new SuperbillForm.Line
        {
            Code = l.Code, Modifiers = string.Join(' ', l.Modifiers), Pointers = l.Pointers, Units = Number(l.Units), Price = Number(l.Price),
            Ndc = l.Ndc, NdcQuantity = Number(l.NdcQuantity), NdcUnit = l.NdcUnit,
        })];
    }
}
