using System.Net;
using System.Text.RegularExpressions;
using Microsoft.EntityFrameworkCore;
using Modular.Patients.Imports;
using Modular.Patients.Registrations;
using Modular.Sdk;
using Modular.Tests.Harness;

namespace Modular.Tests.Patients;

/// <summary>A field of the patient is declared once, on the form; everything that shows, reads or compares it follows.</summary>
public sealed class PatientFieldTests(SharedHost shared)
{
    /// <summary>One that no rule, other module or demo knows: as a field that is added tomorrow.</summary>
    private const string Plain = nameof(PatientForm.Birthplace);

    [Fact]
    public void A_plain_field_stands_in_its_migration_its_entity_and_its_declaration_and_nowhere_else()
    {
        var word = new Regex($@"\b{Plain}\b", RegexOptions.IgnoreCase);
        var module = Path.Combine(Repository.Root, "modules", "patients");
        var files = Directory.EnumerateFiles(module, "*", SearchOption.AllDirectories)
            .Select(file => Path.GetRelativePath(module, file).Replace('\\', '/'))
            .Where(file => Path.GetExtension(file) is ".cs" or ".cshtml" or ".sql" && file.Split('/')[0] is not ("bin" or "obj" or "tests"))
            .Where(file => word.IsMatch(File.ReadAllText(Path.Combine(module, file)))).Order(StringComparer.Ordinal);

        Assert.Equal(["Charts/Patient.cs", "Migrations/0001_patients.sql", "Registrations/PatientForm.cs"], files);
    }

    [Fact]
    public async Task What_is_typed_in_a_plain_field_is_on_the_chart_in_the_columns_of_a_file_in_a_merge_and_told_to_programs()
    {
        var (field, place) = (PatientField.ByName[Plain], $"Ponce {PatientRows.Tag()}");
        await using var rows = new PatientRows(shared.Host);
        var patient = await rows.AddAsync(PatientRows.Tag(), "Nora", new(1948, 1, 5));
        var other = await rows.AddAsync(PatientRows.Tag(), "Nora", new(1948, 1, 5));
        using var manager = await shared.Host.SignInAsync(shared.Host.North, Roles.Manager);
        using var desk = await shared.Host.SignInAsync(shared.Host.North, Roles.FrontDesk);
        var edit = $"/patients/charts/{patient.Id}/edit";

        Assert.Equal(HttpStatusCode.Redirect, (await desk.SubmitAsync(await desk.PageAsync(edit), $"form[action='{edit}']",
            ($"Form.{Plain}", place))).StatusCode);

        Assert.Contains((await desk.PageAsync($"/patients/charts/{patient.Id}")).QuerySelectorAll("#about dl > div"),
            fact => (fact.QuerySelector("dt")!.TextContent, fact.QuerySelector("dd")!.TextContent) == (field.Label, place));
        Assert.Contains(PatientImportColumns.All, column => column.Id == field.Column && column.Title == field.Label);
        var merge = await manager.PageAsync($"/patients/merges/merge?keep={patient.Id}&gone={other.Id}");
        Assert.Contains(place, merge.QuerySelector(".versions")!.TextContent);
        using var api = await ApiClient.ConnectAsync(shared.Host, shared.Host.North, ["patients.patient.read", "patients.patient.edit"]);
        Assert.Equal(place, (await api.ReadAsync($"/api/patients/{patient.Id}")).GetProperty("details").GetProperty(field.Column).GetString());
    }

    [Fact]
    public async Task The_form_has_every_field_under_its_label_with_the_control_of_its_kind()
    {
        await using var rows = new PatientRows(shared.Host);
        var patient = await rows.AddAsync(PatientRows.Tag(), "Nora", new(1948, 1, 5));
        using var owner = await shared.Host.SignInAsync(shared.Host.North, Roles.Owner);

        var page = await owner.PageAsync($"/patients/charts/{patient.Id}/edit");

        foreach (var field in PatientField.All)
        {
            var control = page.QuerySelector($"[name='Form.{field.Name}']:not([type=hidden])")!;
            Assert.Contains(field.Label, page.QuerySelector($"label[for='{control.Id}']")?.TextContent ?? control.ParentElement!.TextContent);
            Assert.Equal(field.Options?.Select(o => o.Text) ?? [], control.QuerySelectorAll("option").Select(o => o.TextContent));
            var helped = control.GetAttribute("aria-describedby") is { } hint ? page.GetElementById(hint)!.TextContent : null;
            Assert.Equal(field.Declared.Hint, helped);
        }

        Assert.Equal("tel", page.QuerySelector("[name='Form.HomePhone']")!.GetAttribute("type"));
        Assert.Equal("checkbox", page.QuerySelector("[name='Form.Restricted']")!.GetAttribute("type"));
    }

    [Fact]
    public async Task A_program_changes_a_plain_field_and_is_told_of_a_name_that_none_has()
    {
        using var api = await ApiClient.ConnectAsync(shared.Host, shared.Host.North, ["patients.patient.read", "patients.patient.edit"]);
        var column = PatientField.ByName[Plain].Column;
        var details = new Dictionary<string, string?> { [column] = "Ponce" };
        var person = new { lastName = PatientRows.Tag(), firstName = "Ana", birthDate = "1980-02-03", anyway = true, details };
        using var added = await api.PostAsync("/api/patients", person);

        Assert.Equal("Ponce", (await added.BodyAsync(HttpStatusCode.Created)).GetProperty("details").GetProperty(column).GetString());
        var unknown = new { lastName = PatientRows.Tag(), firstName = "Ana", birthDate = "1980-02-03", details = new { ssn = "1234" } };
        using var strange = await api.PostAsync("/api/patients", unknown);
        Assert.Contains("There is no field ssn",
            (await strange.ProblemAsync(HttpStatusCode.UnprocessableEntity)).GetProperty("errors").GetProperty("details").ToString());
    }

    [Fact]
    public void Every_text_of_the_form_is_declared_once()
    {
        var texts = typeof(PatientForm).GetProperties().Where(p => p.PropertyType == typeof(string)).Select(p => p.Name);

        Assert.Equal(texts.Order(), PatientField.Texts.Select(f => f.Name).Order());
        Assert.Equal(PatientField.All.Count, PatientField.All.Select(f => f.Label).Distinct().Count());
    }
}
