using Microsoft.AspNetCore.Mvc;
using Microsoft.EntityFrameworkCore;
using Modular.Host.Installed;
using Modular.Host.Practices;
using Modular.Host.Rights;
using Modular.Sdk;

namespace Modular.Host.People;

/// <summary>A role of the practice's own: made empty or as a copy, changed, deleted.</summary>
public sealed class RoleForm(PeopleDb db, CustomRoles roles, Authority authority, InstalledModules modules, ScopeContext scope) : Slice
{
    /// <param name="New">Nobody has decided on it for this role yet.</param>
    /// <param name="May">The present person has it, and may give it.</param>
    public sealed record Line(string Id, string Title, bool Granted, bool New, bool May);

    public sealed record Group(string Module, IReadOnlyList<Line> Lines);

    public sealed class Form : IEditForm<CustomRole>
    {
        public int Version { get; set; }

        public string? Name { get; set; }

        /// <summary>Permissions that the page decides on.</summary>
        [HiddenInput]
        public string[] Shown { get; set; } = [];

        public string[] Granted { get; set; } = [];

        public void Show(CustomRole role) => (Name, Granted) = (role.Name, [.. role.Grants.Where(g => g.Granted).Select(g => g.Permission)]);

        public void Write(CustomRole role, Reading read) => read.Required(nameof(Name), "Name of the role", Name, 60);
    }

    /// <param name="Fault">Why the present person may not change it; nothing is offered then but a copy.</param>
    public sealed record Model(CustomRole? Role, Form Form, IReadOnlyList<Group> Groups, string? Fault)
    {
        public Guid? Id => Role?.Id;
    }

    /// <param name="from">Preset id or custom role id to copy.</param>
    [HttpGet("/admin/roles/edit/{id:guid?}")]
    [Needs("core.people.manage"), StepUp]
    public async Task<IActionResult> Get(Guid? id, string? from, CancellationToken ct) =>
        await Row(id is null ? await CopyAsync(from, ct) : new()).ShowAsync(id, ct);

    [HttpPost("/admin/roles/edit/{id:guid?}")]
    [Needs("core.people.manage"), StepUp]
    public Task<IActionResult> Post(Guid? id, Form form, CancellationToken ct) => Row(new()).SaveAsync(id, form, ct);

    private Edit<CustomRole, Form> Row(Form copy) => new(this, db)
    {
        What = "role",
        Rows = db.Roles.Include(r => r.Grants),
        New = () => new() { Name = "" },
        Blank = () => copy,
        // What a module that is off was granted is on no page, and nobody's difference.
        AlsoShow = (_, form, _) => Task.FromResult(form.Granted = [.. form.Granted.Intersect(Declared.Select(p => p.Id))]),
        Model = async (role, form, ct) => await ModelAsync(role, form, ct),
        Save = (role, form, read, ct) => read.TryAsync(() => roles.SaveAsync(role, form.Name!, form.Shown, form.Granted.ToHashSet(), ct)),
        Saved = role => Done("/admin/roles", $"Role {role.Name} saved. It counts from the next click."),
    };

    private async Task<Form> CopyAsync(string? from, CancellationToken ct)
    {
        if (Guid.TryParse(from, out var other) && await roles.FindAsync(other, ct) is { } copied)
        {
            return new() { Name = $"{copied.Name} (copy)", Granted = [.. copied.Grants.Where(g => g.Granted).Select(g => g.Permission)] };
        }

        return Roles.All.FirstOrDefault(p => p == from) is not { } preset ? new()
            : new() { Granted = [.. Declared.Where(p => RolePermissions.PresetHas(preset, p)).Select(p => p.Id)] };
    }

    [HttpPost("/admin/roles/delete/{id:guid}")]
    [Needs("core.people.manage"), StepUp]
    public async Task<IActionResult> Delete(Guid id, CancellationToken ct)
    {
        if (await roles.FindAsync(id, ct) is not { } role)
        {
            return NotFound();
        }

        var read = NewReading();
        await read.TryAsync(() => roles.DeleteAsync(role, ct));
        if (Accept(read.Errors))
        {
            return Done("/admin/roles", $"Role {role.Name} deleted");
        }

        // What the step changed in memory is not what is saved.
        db.ChangeTracker.Clear();
        Response.StatusCode = StatusCodes.Status422UnprocessableEntity;
        return await Row(new()).ShowAsync(id, ct);
    }

    private IEnumerable<PermissionDeclaration> Declared => RolePermissions.Declared(modules, scope.Practice);

    private async Task<Model> ModelAsync(CustomRole? role, Form form, CancellationToken ct) => new(role, form,
    [
        .. modules.WithCore.Where(m => scope.Practice.IsOn(m.Id) && m.Declared.Permissions.Count > 0).Select(m => new Group(m.Manifest.Name,
        [
            .. m.Declared.Permissions.Select(p => new Line(
                p.Id, p.Title, form.Granted.Contains(p.Id), role is not null && role.Grants.All(g => g.Permission != p.Id), Actor.Can(p.Id))),
        ])),
    ], role is null ? null : await authority.FaultAsync(role, ct));
}
