using Microsoft.EntityFrameworkCore;
using Modular.Sdk;

namespace Modular.Host.Forms;

public sealed class FormsDb(ModuleDbContext<FormsDb> context) : ModuleDb(context)
{
    public DbSet<PracticeForm> Forms => Set<PracticeForm>();
    public DbSet<FormVersion> Versions => Set<FormVersion>();
    public DbSet<FormAnswer> Answers => Set<FormAnswer>();

    protected override IReadOnlyDictionary<string, FieldError> Sentences { get; } = new Dictionary<string, FieldError>
    {
        ["forms_name"] = new("Name", "There is a form of this name and kind already."),
        ["form_versions_number"] = new("", "Somebody published a version at the same moment. Look at it first."),
    };

    protected override void Map(ModelBuilder model)
    {
        var form = model.Entity<PracticeForm>().ToTable("forms");
        form.Property(f => f.Draft).HasColumnType("jsonb");
        form.Ignore(f => f.Body);
        var version = model.Entity<FormVersion>().ToTable("form_versions");
        version.Property(v => v.Body).HasColumnType("jsonb");
        version.HasOne<PracticeForm>().WithMany().HasForeignKey(v => v.FormId);
        var answer = model.Entity<FormAnswer>().ToTable("form_answers");
        answer.Property(a => a.Answers).HasColumnType("jsonb");
        answer.Property(a => a.Taken).HasColumnType("jsonb");
        answer.Ignore(a => a.Given).Ignore(a => a.TakenFields).Ignore(a => a.RecordId);
        answer.HasOne<PracticeForm>().WithMany().HasForeignKey(a => a.FormId);
        // Most records are of no place; those that are have it here.
        answer.HasQueryFilter("place", a => a.LocationId == null || Scope.AllLocations || Scope.Locations.Contains(a.LocationId.Value));
    }
}
