using System.Globalization;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.ModelBinding;
using Microsoft.AspNetCore.Mvc.ModelBinding.Validation;
using Modular.Host.Rights;
using Modular.Sdk;

namespace Modular.Host.Indicators.Targets;

/// <summary>One target; a new one when the address has no id. Who works at some places sets those of these alone.</summary>
[Needs(IndicatorPermissions.Manage)]
public sealed class EditTarget(IndicatorsDb db, KnownIndicators known, Authority authority, IPractice practice) : Slice
{
    public sealed class Form : IEditForm<IndicatorTarget>
    {
        public int Version { get; set; }
        public string? Indicator { get; set; }

        /// <summary>Null for the practice.</summary>
        public Guid? LocationId { get; set; }

        /// <summary>As it is said: 5 for 5%.</summary>
        public string? Value { get; set; }

        [BindNever, ValidateNever]
        public IReadOnlyDictionary<string, Indicator> Known { get; set; } = new Dictionary<string, Indicator>();

        [BindNever, ValidateNever]
        public IReadOnlyList<Location> Places { get; set; } = [];

        public void Show(IndicatorTarget target) => (Indicator, LocationId) = (target.Indicator, target.LocationId);

        public void Write(IndicatorTarget target, Reading read)
        {
            target.Indicator = Indicator ?? "";
            if (!Known.ContainsKey(target.Indicator))
            {
                read.Refuse(nameof(Indicator), "Choose an indicator from the list.");
            }

            target.LocationId = LocationId;
            if (decimal.TryParse(Reading.Clean(Value)?.TrimEnd('%').Trim(), NumberStyles.Number, CultureInfo.InvariantCulture, out var value)
                && value is >= 0 and <= 999_999_999)
            {
                target.Value = Math.Round(value / Scale(target.Indicator), 6);
            }
            else
            {
                read.Refuse(nameof(Value), "Give a number of 0 or more, such as 85 for 85%.");
            }
        }

        internal decimal Scale(string key) => Known.GetValueOrDefault(key)?.Unit == IndicatorUnit.Share ? 100 : 1;
    }

    [HttpGet("/indicators/targets/edit/{id:guid?}")]
    public Task<IActionResult> Get(Guid? id, string? indicator, CancellationToken ct) => Row(indicator).ShowAsync(id, ct);

    [HttpPost("/indicators/targets/edit/{id:guid?}")]
    public Task<IActionResult> Post(Guid? id, Form form, CancellationToken ct) => Row(null).SaveAsync(id, Fill(form), ct);

    private Edit<IndicatorTarget, Form> Row(string? chosen) => new(this, db)
    {
        What = "target",
        Rows = Mine(db, Actor),
        Blank = () => new() { Indicator = chosen },
        AlsoShow = (target, form, _) =>
        {
            form.Value = (target.Value * Fill(form).Scale(target.Indicator)).ToString("0.##", CultureInfo.InvariantCulture);
            return Task.CompletedTask;
        },
        New = () => new(),
        Check = (target, form, read, _) =>
        {
            if (target.LocationId is { } place && practice.Locations.All(p => p.Id != place))
            {
                read.Refuse(nameof(Form.LocationId), "Choose a location from the list.");
            }
            else if (authority.FaultAt(target.LocationId) is { } fault)
            {
                read.Refuse(nameof(Form.LocationId), fault);
            }

            return Task.CompletedTask;
        },
        Model = (_, form, _) => Task.FromResult<object>(Fill(form)),
        Saved = target => Done("/indicators/targets", $"Target of {known.All.GetValueOrDefault(target.Indicator)?.Of.Title} saved."),
    };

    /// <summary>Those that a person may change: of the whole practice only who works at all of it.</summary>
    internal static IQueryable<IndicatorTarget> Mine(IndicatorsDb db, Actor actor)
    {
        var reach = DataScope.Of(actor);
        return db.Targets.Where(t => reach.AllLocations || (t.LocationId != null && reach.Locations.Contains(t.LocationId.Value)));
    }

    private Form Fill(Form form)
    {
        (form.Known, form.Places) = (known.Mine.ToDictionary(k => k.Of.Key, k => k.Of), practice.Locations);
        return form;
    }
}
