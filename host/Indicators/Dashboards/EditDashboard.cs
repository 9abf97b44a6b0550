using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.ModelBinding;
using Microsoft.AspNetCore.Mvc.ModelBinding.Validation;
using Microsoft.EntityFrameworkCore;
using Modular.Sdk;

namespace Modular.Host.Indicators.Dashboards;

/// <summary>One dashboard; a new one when the address has no id. Two managers may change a shared one: the later sees both versions.</summary>
[Needs(IndicatorPermissions.Manage)]
public sealed class EditDashboard(IndicatorsDb db, KnownIndicators known, IPractice practice) : Slice
{
    public sealed class Form : IEditForm<Dashboard>
    {
        public int Version { get; set; }
        public string? Name { get; set; }

        /// <summary>Empty for oneself.</summary>
        public string? Role { get; set; }

        public string? Period { get; set; } = IndicatorSpan.Usual;

        public Guid? LocationId { get; set; }

        /// <summary>A place each; empty ones are closed up.</summary>
        public List<string> Keys { get; set; } = [];

        [BindNever, ValidateNever]
        public IReadOnlyList<KnownIndicator> Known { get; set; } = [];

        [BindNever, ValidateNever]
        public IReadOnlyList<Location> Places { get; set; } = [];

        public void Show(Dashboard d) => (Name, Role, Period, LocationId, Keys) = (d.Name, d.Role, d.Period, d.LocationId, [.. d.Keys]);

        public void Write(Dashboard d, Reading read)
        {
            d.Name = read.Required(nameof(Name), "Name", Name, 60);
            d.Role = read.OneOf(nameof(Role), "Role", Role, RoleTitles);
            d.Period = read.OneOf(nameof(Period), "Time", Period, IndicatorSpan.Choices) ?? IndicatorSpan.Usual;
            d.LocationId = LocationId;
            List<string> chosen = [.. Keys.Where(k => !string.IsNullOrEmpty(k))];
            var fault = chosen.Count == 0 ? "Choose at least one indicator."
                : chosen.Count > Dashboard.MostIndicators ? $"At most {Dashboard.MostIndicators} indicators fit."
                : chosen.Distinct().Count() < chosen.Count ? "An indicator has one place only; it is chosen twice."
                // What was on it before stays, also while its module is off.
                : chosen.Except(d.Keys).Except(Known.Select(k => k.Of.Key)).Any() ? "Choose indicators from the list."
                : null;
            if (fault is not null)
            {
                read.Refuse(nameof(Keys), fault);
                return;
            }

            d.Keys = chosen;
        }
    }

    public static IReadOnlyDictionary<string, string> RoleTitles { get; } = Roles.All.ToDictionary(r => r, Roles.Title);

    [HttpGet("/indicators/dashboards/edit/{id:guid?}")]
    public Task<IActionResult> Get(Guid? id, CancellationToken ct) => Row.ShowAsync(id, ct);

    [HttpPost("/indicators/dashboards/edit/{id:guid?}")]
    public Task<IActionResult> Post(Guid? id, Form form, CancellationToken ct)
    {
        form.Keys.RemoveAll(string.IsNullOrEmpty);
        return Row.SaveAsync(id, Fill(form), ct);
    }

    [HttpPost("/indicators/dashboards/edit/{id:guid}/delete")]
    public async Task<IActionResult> Delete(Guid id, CancellationToken ct)
    {
        if (await Dashboard.ChangedBy(db.Dashboards, Actor).FirstOrDefaultAsync(d => d.Id == id, ct) is not { } dashboard)
        {
            return NotFound();
        }

        db.Remove(dashboard);
        return await TrySaveAsync(db, ct) ? Done("/indicators", $"{dashboard.Name} deleted.")
            : Done("/indicators", $"Somebody else changed {dashboard.Name}. Look at it again.");
    }

    private Edit<Dashboard, Form> Row => new(this, db)
    {
        What = "dashboard",
        Rows = Dashboard.ChangedBy(db.Dashboards, Actor),
        New = () => new() { OwnerId = Actor.PersonId!.Value, Owner = Actor.Name },
        Check = (dashboard, _, read, _) =>
        {
            if (dashboard.LocationId is { } place && IndicatorPlaces.Of(Actor, practice).All(p => p.Id != place))
            {
                read.Refuse(nameof(Form.LocationId), "Choose a location from the list.");
            }

            return Task.CompletedTask;
        },
        Model = (_, form, _) => Task.FromResult<object>(Fill(form)),
        Saved = dashboard => Done($"/indicators/dashboards/{dashboard.Id}", $"{dashboard.Name} saved."),
    };

    private Form Fill(Form form)
    {
        (form.Known, form.Places) = ([.. known.Mine], IndicatorPlaces.Of(Actor, practice));
        return form;
    }
}
