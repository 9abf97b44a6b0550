using Modular.Patients.Charts;

namespace Modular.Patients;

/// <summary>One row of a patient in the drawer.</summary>
/// <param name="Id">Null for a new row.</param>
public record RowPage<TForm>(Patient Patient, Guid? Id, TForm Form);
