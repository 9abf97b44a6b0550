using Microsoft.EntityFrameworkCore;
using Modular.Sdk;

namespace Modular.Host.ContactLog;

public sealed class ContactLogDb(ModuleDbContext<ContactLogDb> context) : ModuleDb(context)
{
    public DbSet<ContactNote> Notes => Set<ContactNote>();
    public DbSet<NoteSubject> Subjects => Set<NoteSubject>();

    protected override void Map(ModelBuilder model)
    {
        model.Entity<ContactNote>().ToTable("contact_notes").HasMany(n => n.Subjects).WithOne().HasForeignKey(s => s.NoteId);
        model.Entity<NoteSubject>().ToTable("contact_subjects").Property(s => s.Id).ValueGeneratedNever();
    }

    /// <summary>
    /// Notes of which whoever asks may see every record: by the permission of its kind, its location and the patient's chart. The words of a note
    /// are about all of them.
    /// </summary>
    /// <param name="kinds">The kinds that may be seen.</param>
    public IQueryable<ContactNote> Seen(IReadOnlyCollection<string> kinds)
    {
        var (all, places, shut) = (Scope.AllLocations, Scope.Locations, Scope.ShutPatients);
        return Notes.Include(n => n.Subjects).Where(n => !Subjects.IgnoreQueryFilters().Any(s => s.NoteId == n.Id && (!kinds.Contains(s.Kind)
            || (s.PatientId != null && shut.Contains(s.PatientId.Value)) || (!all && s.LocationId != null && !places.Contains(s.LocationId.Value)))));
    }
}
