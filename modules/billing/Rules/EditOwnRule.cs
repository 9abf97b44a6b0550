using System.Text.RegularExpressions;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.ModelBinding;
using Microsoft.AspNetCore.Mvc.ModelBinding.Validation;
using Microsoft.AspNetCore.Mvc.Rendering;
using Microsoft.EntityFrameworkCore;
using Modular.Billing.Codes;
using Modular.Billing.Payers;
using Modular.Billing.Scrub;
using Modular.Sdk;

namespace Modular.Billing.Rules;

/// <summary>Adds a rule of the practice or changes one.</summary>
public sealed partial class EditOwnRule(BillingDb db, IPractice practice) : Slice
{
    public sealed class Form : IEditForm<OwnRule>
    {
        public int Version { get; set; }
        public string? Name { get; set; }
        public string Severity { get; set; } = Scrub.Severity.Warning.Text();
        public string? Sentence { get; set; }
        public DateOnly? ValidFrom { get; set; }
        public DateOnly? ValidTo { get; set; }
        public bool Off { get; set; }
        public Guid? PayerId { get; set; }
        public string? FilingCode { get; set; }
        public string? Codes { get; set; }
        public string? Modifier { get; set; }
        public bool ModifierMissing { get; set; }
        public string? Diagnoses { get; set; }
        public bool DiagnosesMissing { get; set; }
        public string? PlaceOfService { get; set; }
        public int? AgeFrom { get; set; }
        public int? AgeTo { get; set; }
        public string? Sex { get; set; }
        public Guid? ProviderId { get; set; }

        [BindNever, ValidateNever]
        public IReadOnlyList<SelectListItem> Payers { get; set; } = [];

        [BindNever, ValidateNever]
        public IReadOnlyList<SelectListItem> Providers { get; set; } = [];

        public static IReadOnlyDictionary<string, string> Sexes { get; } = new Dictionary<string, string> { ["F"] = "Women", ["M"] = "Men" };

        public void Show(OwnRule r)
        {
            (Name, Severity, Sentence, ValidFrom, ValidTo, Off) = (r.Name, r.Severity.Text(), r.Sentence, r.ValidFrom, r.ValidTo, r.Off);
            (PayerId, FilingCode, Codes, Modifier, ModifierMissing) = (r.PayerId, r.FilingCode, string.Join(' ', r.Codes), r.Modifier, r.ModifierMissing);
            (Diagnoses, DiagnosesMissing) = (string.Join(' ', r.Diagnoses.Select(d => CodeSystems.Show(CodeSystems.Diagnosis, d))), r.DiagnosesMissing);
            (PlaceOfService, AgeFrom, AgeTo, Sex, ProviderId) = (r.PlaceOfService, r.AgeFrom, r.AgeTo, r.Sex, r.ProviderId);
        }

        public void Write(OwnRule r, Reading read)
        {
            r.Name = read.Required(nameof(Name), "Name", Name, 120);
            r.Sentence = read.Required(nameof(Sentence), "Sentence", Sentence, 300);
            r.Severity = States.Find<Severity>(read.OneOf(nameof(Severity), "What it does", Severity, States.Choices<Severity>())) ?? Scrub.Severity.Warning;
            (r.PayerId, r.FilingCode) = (PayerId, PayerId is null ? read.OneOf(nameof(FilingCode), "Claims are filed as", FilingCode, FilingCodes.All) : null);
            (r.Off, r.ModifierMissing, r.DiagnosesMissing, r.ProviderId) = (Off, ModifierMissing, DiagnosesMissing, ProviderId);
            r.Sex = read.OneOf(nameof(Sex), "Sex", Sex, Sexes);
            r.Codes = Patterns(read, nameof(Codes), Codes, ServicePattern(), "services such as G0101 or J1*");
            r.Diagnoses = Patterns(read, nameof(Diagnoses), Diagnoses, DiagnosisPattern(), "diagnoses such as E11.9 or E11*");
            r.Modifier = One(read, nameof(Modifier), Modifier, ModifierPattern(), "A modifier has two letters or digits.");
            r.PlaceOfService = One(read, nameof(PlaceOfService), PlaceOfService, PlacePattern(), "A place of service has two digits: 11 is an office.");
            WriteNumbers(r, read);
        }

        private void WriteNumbers(OwnRule r, Reading read)
        {
            (r.AgeFrom, r.AgeTo, r.ValidTo) = (AgeFrom, AgeTo, ValidTo);
            if (AgeFrom is < 0 or > 130 || AgeTo is < 0 or > 130 || AgeTo < AgeFrom)
            {
                read.Refuse(nameof(AgeTo), "Ages are years from 0 to 130, the lower one first.");
            }

            if (ValidFrom is not { } from)
            {
                read.Refuse(nameof(ValidFrom), "Type the first date of service that the rule is for.");
                return;
            }

            r.ValidFrom = from;
            if (ValidTo < from)
            {
                read.Refuse(nameof(ValidTo), "The last day is before the first.");
            }

            if (r is { Codes.Length: 0, Diagnoses.Length: 0, Modifier: null, PlaceOfService: null, PayerId: null, FilingCode: null, ProviderId: null })
            {
                read.Refuse(nameof(Codes), "Name at least a service, a diagnosis, a modifier, a place, a payer or a provider: else it would be said of everything.");
            }
        }

        private static string[] Patterns(Reading read, string field, string? typed, Regex pattern, string kind)
        {
            string[] all = [.. (typed ?? "").Split([' ', ',', ';', '\n', '\r'], StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries)
                .Select(CodeSystems.Plain).Distinct()];
            if (all.Length > 100)
            {
                read.Refuse(field, "At most 100 of them.");
            }
            else if (all.FirstOrDefault(p => !pattern.IsMatch(p)) is { } wrong)
            {
                read.Refuse(field, $"\"{wrong}\" cannot be read: type {kind}.");
            }

            return all;
        }

        private static string? One(Reading read, string field, string? typed, Regex pattern, string sentence)
        {
            var plain = string.IsNullOrWhiteSpace(typed) ? null : CodeSystems.Plain(typed);
            if (plain is not null && !pattern.IsMatch(plain))
            {
                read.Refuse(field, sentence);
            }

            return plain;
        }
    }

    [HttpGet("/billing/rules/edit/{id:guid?}")]
    [Needs(BillingPermissions.Setup)]
    public Task<IActionResult> Get(Guid? id, CancellationToken ct) => Row.ShowAsync(id, ct);

    [HttpPost("/billing/rules/edit/{id:guid?}")]
    [Needs(BillingPermissions.Setup)]
    public Task<IActionResult> Post(Guid? id, Form form, CancellationToken ct) => Row.SaveAsync(id, form, ct);

    private Edit<OwnRule, Form> Row => new(this, db)
    {
        What = "rule",
        New = () => new() { Name = "", Sentence = "" },
        Blank = () => new() { ValidFrom = new(WallTime.Today(Clock, practice.Zone).Year, 1, 1) },
        Check = async (rule, _, read, ct) =>
        {
            if (rule.PayerId is { } payer && !await db.Payers.AnyAsync(p => p.Id == payer, ct))
            {
                read.Refuse(nameof(Form.PayerId), "Choose a payer from the list.");
            }

            if (rule.ProviderId is { } provider && !await db.Providers.AnyAsync(p => p.Id == provider, ct))
            {
                read.Refuse(nameof(Form.ProviderId), "Choose a provider from the list.");
            }
        },
        Model = async (_, form, ct) =>
        {
            form.Payers = [new("Any payer", ""), .. await db.Payers.AsNoTracking().Where(p => p.Active || p.Id == form.PayerId).OrderBy(p => p.Name)
                .Select(p => new SelectListItem(p.Name, p.Id.ToString())).ToListAsync(ct)];
            form.Providers = [new("Any provider", ""), .. await db.Providers.AsNoTracking().Where(p => p.Active || p.Id == form.ProviderId).OrderBy(p => p.Name)
                .Select(p => new SelectListItem(p.Name, p.Id.ToString())).ToListAsync(ct)];
            return form;
        },
        Saved = _ => Done("/billing/rules", "Rule saved."),
    };

    [GeneratedRegex(@"^([A-Z0-9]{1,4}\*|[A-Z0-9]{5})\z")]
    private static partial Regex ServicePattern();

    [GeneratedRegex(@"^[A-Z][0-9A-Z]{0,6}\*?\z")]
    private static partial Regex DiagnosisPattern();

    [GeneratedRegex(@"^[A-Z0-9]{2}\z")]
    private static partial Regex ModifierPattern();

    [GeneratedRegex(@"^[0-9]{2}\z")]
    private static partial Regex PlacePattern();
}
