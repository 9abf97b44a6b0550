using Microsoft.EntityFrameworkCore;
using Modular.Patients.Messages;
using Modular.Scheduling.Appointments;
using Modular.Scheduling.Board;
using Modular.Scheduling.Reactions;
using Modular.Scheduling.Series;
using Modular.Scheduling.Setup;
using Modular.Sdk;
using Modular.Sdk.Core;

namespace Modular.Scheduling;

/// <summary>The module's schema.</summary>
public sealed class SchedulingDb(ModuleDbContext<SchedulingDb> context) : ModuleDb(context)
{
    public DbSet<Visit> Visits => Set<Visit>();
    public DbSet<VisitChange> VisitChanges => Set<VisitChange>();
    public DbSet<DayNote> DayNotes => Set<DayNote>();
    public DbSet<Clipping> Clipboard => Set<Clipping>();
    public DbSet<VisitSeries> Series => Set<VisitSeries>();
    public DbSet<PieceOfEquipment> Equipment => Set<PieceOfEquipment>();
    public DbSet<AppointmentType> AppointmentTypes => Set<AppointmentType>();
    public DbSet<Template> Templates => Set<Template>();
    public DbSet<ScheduleException> ScheduleExceptions => Set<ScheduleException>();
    public DbSet<Bookability> Bookability => Set<Bookability>();

    // What others own, kept by the projections in Known.
    public DbSet<KnownPatient> Patients => Set<KnownPatient>();
    public DbSet<KnownCase> Cases => Set<KnownCase>();
    public DbSet<KnownStaffMember> Providers => Set<KnownStaffMember>();
    public DbSet<KnownRoom> Rooms => Set<KnownRoom>();

    /// <summary>For the hand-written queries of the day list and the availability search.</summary>
    public DataScope Reads => Scope;

    protected override IReadOnlyDictionary<string, FieldError> Sentences => Refusals;

    private static readonly Dictionary<string, FieldError> Refusals = new()
    {
        ["day_notes_location_id_day_key"] = new("Text", "Somebody else wrote the note of this day at the same moment. Save again to see both."),
        ["appointment_types_name"] = new("Name", "Another type has this name already."),
        ["templates_overlap"] = new("", "The provider has other hours at one of these times, here or at another location."),
        ["equipment_name"] = new("Name", "Another piece of equipment here has this name already."),
    };

    protected override void Map(ModelBuilder model)
    {
        model.Entity<Visit>().HasMany(v => v.Changes).WithOne().HasForeignKey(c => c.VisitId);
        // A change is made with its id: without this it would count as one that is stored already.
        model.Entity<VisitChange>().Property(c => c.Id).ValueGeneratedNever();
        model.Entity<PieceOfEquipment>();
        model.Entity<DayNote>();
        model.Entity<VisitSeries>();
        model.Entity<Clipping>(held =>
        {
            held.ToTable("clipboard");
            held.HasKey(h => new { h.PersonId, h.VisitId });
        });
        model.Entity<AppointmentType>();
        model.Entity<Template>();
        model.Entity<ScheduleException>();
        model.Entity<Bookability>();
        model.Entity<KnownPatient>().ToTable("patients");
        model.Entity<KnownCase>().ToTable("cases");
        model.Entity<KnownClosure>().ToTable("closures");
        model.Entity<KnownStaffMember>().ToTable("providers");
        model.Entity<KnownRoom>().ToTable("rooms");
    }
}
